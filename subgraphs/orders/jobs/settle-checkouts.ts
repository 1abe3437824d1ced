import { defineJob } from '@shop/kit/jobs'
import { reach } from '@shop/kit/points'
import { z } from 'zod'

interface Needs {
  walker: { sweep(): Promise<void> }
}

/**
 * Goes on with what a crash, or somebody else's, left standing, and with what rested long enough.
 * On two machines at once each takes other walks; of one that is taken twice, the older lease stops.
 */
export const settleCheckouts = defineJob({
  name: 'orders.settle-checkouts',
  everyMs: 2000,
  payload: z.object({}),
  run: async ({ walker }: Needs) => {
    await reach('orders.settle-checkouts.before')
    await walker.sweep()
    await reach('orders.settle-checkouts.after')
  },
})
