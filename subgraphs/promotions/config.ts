import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export type Config = ReturnType<typeof configFrom>

export const configFrom = configReader(
  z
    .object({ PROMOTIONS_DATABASE_URL: z.url() })
    .transform((env) => ({ databaseUrl: env.PROMOTIONS_DATABASE_URL })),
)
