import type { Clock } from '@shop/kit/clock'
import { defineJob } from '@shop/kit/jobs'
import { z } from 'zod'

interface Needs {
  clock: Clock
  stock: { announceChanges(now: Date): Promise<boolean> }
}

/** A variant that sells a thousand times a second is told of once a second. */
export const announceStockChanges = defineJob({
  name: 'inventory.announce-stock-changes',
  everyMs: 1_000,
  payload: z.object({}),
  run: async ({ clock, stock }: Needs) => {
    while (await stock.announceChanges(clock.now()));
  },
})
