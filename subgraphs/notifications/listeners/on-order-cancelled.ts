import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { mailed, noticed, type Telling } from '../telling.ts'

/** Who was told at the checkout that it did not work, or left it, knows: there is no order of theirs. */
const known = new Set(['BY_SHOPPER', 'BY_STAFF', 'REJECTED', 'UNAVAILABLE'])

export const onOrderCancelled = defineListener({
  event: 'orders.order-cancelled',
  data: z.object({ customerId: z.uuid().nullable(), reason: z.string() }),
  async run(needs: Telling, { data: { customerId: userId, reason }, ...heard }) {
    const { aggregateId: orderId } = heard
    if (!known.has(reason)) return
    const recipient = `order:${orderId}` as const
    await mailed(needs, heard, { template: 'order-cancelled', recipient, facts: { reason } })
    await noticed(needs, heard, { kind: 'ORDER_CANCELLED', orderId, userId })
  },
})
