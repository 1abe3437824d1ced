import { defineJob } from '@shop/kit/jobs'
import { reach } from '@shop/kit/points'
import { z } from 'zod'
import { settleUnfinished as settle } from '../domain/settle-unfinished.ts'

type Needs = Parameters<typeof settle>[0]

/** A payment whose end is not known is looked at until it is, within a minute of the last fault's end. */
export const settleUnfinished = defineJob({
  name: 'payments.settle-unfinished',
  everyMs: 5_000,
  payload: z.object({}),
  run: async (needs: Needs) => {
    await reach('payments.settle-unfinished.before')
    await settle(needs)
    await reach('payments.settle-unfinished.after')
  },
})
