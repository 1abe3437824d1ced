import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { mailed, noticed, type Telling } from '../telling.ts'

/** The event names no customer: whose order it is, is known from what they were told of it before. */
export const onRefundSettled = defineListener({
  event: 'payments.refund-settled',
  data: z.object({ orderId: z.uuid(), amountMinor: z.int(), currency: z.string() }),
  async run(needs: Telling, { data: { orderId, amountMinor, currency }, ...heard }) {
    const recipient = `order:${orderId}` as const
    const facts = { amountMinor, currency }
    await mailed(needs, heard, { template: 'order-refunded', recipient, facts })
    const userId = await needs.notices.ownerOf(orderId)
    await noticed(needs, heard, { kind: 'ORDER_REFUNDED', orderId, userId })
  },
})
