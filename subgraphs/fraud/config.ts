import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export type Config = ReturnType<typeof configFrom>

export const configFrom = configReader(
  z
    .object({
      FRAUD_DATABASE_URL: z.url(),
      // Of the 150 ms that a checkout waits, what the look into the past may take.
      FRAUD_PAST_MS: z.coerce.number().int().min(1).max(1000).default(80),
    })
    .transform((env) => ({ databaseUrl: env.FRAUD_DATABASE_URL, pastMs: env.FRAUD_PAST_MS })),
)
