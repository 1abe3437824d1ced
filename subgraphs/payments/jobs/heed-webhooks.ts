import { defineJob } from '@shop/kit/jobs'
import { reach } from '@shop/kit/points'
import { z } from 'zod'
import { type Heeding, heedWebhooks as heed } from '../domain/heed-webhook.ts'

export const heedWebhooks = defineJob({
  name: 'payments.heed-webhooks',
  everyMs: 1_000,
  payload: z.object({}),
  run: async (needs: Heeding) => {
    await reach('payments.heed-webhooks.before')
    while ((await heed(needs)) > 0);
    await reach('payments.heed-webhooks.after')
  },
})
