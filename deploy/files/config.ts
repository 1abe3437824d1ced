import { configReader } from '@shop/kit/config'
import { keysFrom, keysGiven } from '@shop/kit/keys'
import { z } from 'zod'

/** In `full` a process is given its own key; alone it is derived from the secret. */
export const configFrom = configReader(
  z
    .object({
      FILES_FOLDER: z.string().default('.data/files'),
      FILES_HOST: z.string().default('127.0.0.1'),
      FILES_PORT: z.coerce.number().int().min(0).max(65_535).default(4001),
      SHOPGRAPH_KEYS: z.string().optional(),
      SHOPGRAPH_SECRET: z.string().min(32).optional(),
    })
    .refine((env) => env.SHOPGRAPH_KEYS || env.SHOPGRAPH_SECRET, {
      path: ['SHOPGRAPH_SECRET'],
      message: 'is needed, or SHOPGRAPH_KEYS',
    })
    .transform((env) => ({
      folder: env.FILES_FOLDER,
      address: { host: env.FILES_HOST, port: env.FILES_PORT },
      key: keyIn(env),
    })),
)

interface Secrets {
  readonly SHOPGRAPH_KEYS?: string | undefined
  readonly SHOPGRAPH_SECRET?: string | undefined
}

function keyIn({ SHOPGRAPH_KEYS: given, SHOPGRAPH_SECRET: secret = '' }: Secrets): Buffer {
  const keys = given
    ? keysGiven(z.record(z.string(), z.string()).parse(JSON.parse(given)))
    : keysFrom(secret)
  return keys('files')
}
