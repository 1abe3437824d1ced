import type { Clock } from '@shop/kit/clock'
import { defineJob } from '@shop/kit/jobs'
import { z } from 'zod'

interface Needs {
  clock: Clock
  counts: { renew(now: Date): Promise<void> }
}

/** Facets of large categories. Counting twice, or on two machines at once, comes to the same. */
export const countTerms = defineJob({
  name: 'catalog.count-terms',
  everyMs: 60_000,
  payload: z.object({}),
  run: ({ clock, counts }: Needs) => counts.renew(clock.now()),
})
