import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export const configFrom = configReader(
  z
    .object({
      FILES_FOLDER: z.string().default('.data/files'),
      FILES_PORT: z.coerce.number().int().min(0).max(65_535).default(4001),
      SHOPGRAPH_SECRET: z.string().min(32),
    })
    .transform((env) => ({
      folder: env.FILES_FOLDER,
      port: env.FILES_PORT,
      secret: env.SHOPGRAPH_SECRET,
    })),
)
