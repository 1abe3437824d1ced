import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { mailed, noticed, type Telling } from '../telling.ts'

export const onOrderShipped = defineListener({
  event: 'orders.order-shipped',
  data: z.object({ customerId: z.uuid().nullable(), fulfillmentId: z.string() }),
  async run(needs: Telling, { data: { customerId: userId, fulfillmentId }, ...heard }) {
    const { aggregateId: orderId } = heard
    const recipient = `order:${orderId}` as const
    await mailed(needs, heard, { template: 'order-shipped', recipient, facts: { fulfillmentId } })
    await noticed(needs, heard, { kind: 'ORDER_SHIPPED', orderId, userId })
  },
})
