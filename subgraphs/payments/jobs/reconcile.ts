import { defineJob } from '@shop/kit/jobs'
import { reach } from '@shop/kit/points'
import { z } from 'zod'
import { reconcile as compare } from '../domain/reconcile.ts'

type Needs = Parameters<typeof compare>[0]

export const reconcile = defineJob({
  name: 'payments.reconcile',
  everyMs: 600_000,
  payload: z.object({}),
  run: async (needs: Needs) => {
    await reach('payments.reconcile.before')
    await compare(needs)
    await reach('payments.reconcile.after')
  },
})
