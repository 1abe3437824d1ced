import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { mailed, noticed, type Telling } from '../telling.ts'

export const onOrderPaid = defineListener({
  event: 'orders.order-paid',
  data: z.object({ customerId: z.uuid().nullable() }),
  async run(needs: Telling, { data: { customerId: userId }, ...heard }) {
    const { aggregateId: orderId } = heard
    await mailed(needs, heard, { template: 'order-paid', recipient: `order:${orderId}` })
    await noticed(needs, heard, { kind: 'ORDER_PAID', orderId, userId })
  },
})
