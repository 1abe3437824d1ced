import { availableParallelism } from 'node:os'
import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export type Config = ReturnType<typeof configFrom>

const generations = z
  .string()
  .regex(/^(\d+(,\d+)*)?$/)
  .transform((text) => text.split(',').filter(Boolean).map(Number))

export const configFrom = configReader(
  z
    .object({
      ACCOUNTS_DATABASE_URL: z.url(),
      // Signs access tokens; those before it, as `1,2`, are published until what they signed is over.
      ACCOUNTS_JWT_GENERATION: z.coerce.number().int().min(1).default(1),
      ACCOUNTS_JWT_PREVIOUS: generations.default([]),
      ACCOUNTS_PASSWORDS_AT_ONCE: z.coerce.number().int().min(1).max(3).optional(),
      ACCOUNTS_PASSWORDS_WAITING: z.coerce.number().int().min(1).default(40),
    })
    .transform((env) => ({
      databaseUrl: env.ACCOUNTS_DATABASE_URL,
      jwt: { generation: env.ACCOUNTS_JWT_GENERATION, previous: env.ACCOUNTS_JWT_PREVIOUS },
      passwords: {
        memoryKiB: 19_456,
        passes: 2,
        // One core is left to answer with, and one of libuv's four threads.
        atOnce:
          env.ACCOUNTS_PASSWORDS_AT_ONCE ?? Math.min(3, Math.max(1, availableParallelism() - 1)),
        waiting: env.ACCOUNTS_PASSWORDS_WAITING,
      },
      // Of fifty calls with one token on a machine that is busy four times over, the last was seen
      // to arrive two seconds after the first: until then a second one is a rival, not a lost reply.
      settleMs: 3_000,
    })),
)
