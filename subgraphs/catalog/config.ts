import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export type Config = ReturnType<typeof configFrom>

export const configFrom = configReader(
  z
    .object({
      CATALOG_DATABASE_URL: z.url(),
      /** The shop's file store; the file server serves the same folder. */
      FILES_FOLDER: z.string().default('.data/files'),
      /** In front of the paths of images: empty, or where the file server is. */
      FILES_URL: z.union([z.literal(''), z.url()]).default('http://127.0.0.1:4001'),
    })
    .transform((env) => ({
      databaseUrl: env.CATALOG_DATABASE_URL,
      filesFolder: env.FILES_FOLDER,
      filesUrl: env.FILES_URL.replace(/\/$/, ''),
    })),
)
