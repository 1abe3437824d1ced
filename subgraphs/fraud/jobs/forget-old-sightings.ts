import type { Clock } from '@shop/kit/clock'
import { defineJob } from '@shop/kit/jobs'
import { z } from 'zod'

interface Needs {
  clock: Clock
  sightings: { forgetBefore(time: Date): Promise<void> }
}

/** Thirty days is the longest window; a day more, for who looks while this runs. */
export const forgetOldSightings = defineJob({
  name: 'fraud.forget-old-sightings',
  everyMs: 3_600_000,
  payload: z.object({}),
  run: ({ clock, sightings }: Needs) =>
    sightings.forgetBefore(new Date(clock.now().getTime() - 31 * 86_400_000)),
})
