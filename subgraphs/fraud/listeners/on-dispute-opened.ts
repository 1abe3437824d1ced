import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  clock: Clock
  assessments: { confirm(orderId: string, now: Date): Promise<void> }
}

/** A shopper who never got the goods disputes too: only who says that it was not them is fraud. */
export const onDisputeOpened = defineListener({
  event: 'payments.dispute-opened',
  data: z.object({ orderId: z.uuid(), reason: z.string() }),
  async run({ clock, assessments }: Needs, { data: { orderId, reason } }) {
    if (reason === 'fraudulent') await assessments.confirm(orderId, clock.now())
  },
})
