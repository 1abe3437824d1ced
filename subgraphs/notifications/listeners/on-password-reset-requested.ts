import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { mailed, type Telling } from '../telling.ts'

export const onPasswordResetRequested = defineListener({
  event: 'accounts.password-reset-requested',
  data: z.object({ userId: z.uuid() }),
  run: (needs: Telling, { data: { userId }, ...heard }) =>
    mailed(needs, heard, { template: 'reset-password', recipient: `user:${userId}` }),
})
