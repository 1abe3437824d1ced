import type { Clock } from '@shop/kit/clock'
import { defineJob } from '@shop/kit/jobs'
import { z } from 'zod'

interface Needs {
  clock: Clock
  quotes: { forget(before: Date): Promise<void> }
}

const dayMs = 86_400_000

/** Most quotes are not bought by. */
export const forgetQuotes = defineJob({
  name: 'orders.forget-quotes',
  everyMs: 3_600_000,
  payload: z.object({}),
  run: ({ clock, quotes }: Needs) => quotes.forget(new Date(clock.now().getTime() - dayMs)),
})
