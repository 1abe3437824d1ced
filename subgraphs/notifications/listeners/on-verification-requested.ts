import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { mailed, type Telling } from '../telling.ts'

export const onVerificationRequested = defineListener({
  event: 'accounts.verification-requested',
  data: z.object({ userId: z.uuid() }),
  run: (needs: Telling, { data: { userId }, ...heard }) =>
    mailed(needs, heard, { template: 'verify-address', recipient: `user:${userId}` }),
})
