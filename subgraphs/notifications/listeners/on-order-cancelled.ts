import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { mailed, noticed, type Telling } from '../telling.ts'

export const onOrderCancelled = defineListener({
  event: 'orders.order-cancelled',
  data: z.object({
    customerId: z.uuid().nullable(),
    reason: z.string(),
    // One that was announced before this was told.
    isKnown: z.boolean().default(true),
  }),
  async run(needs: Telling, { data, ...heard }) {
    const { customerId: userId, reason, isKnown } = data
    const { aggregateId: orderId } = heard
    if (!isKnown) return
    const recipient = `order:${orderId}` as const
    await mailed(needs, heard, { template: 'order-cancelled', recipient, facts: { reason } })
    await noticed(needs, heard, { kind: 'ORDER_CANCELLED', orderId, userId })
  },
})
