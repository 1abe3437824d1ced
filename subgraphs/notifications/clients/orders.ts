import type { AskOperation } from '@shop/kit/ask'
import type { MailedFulfillment, MailedOrder } from '../domain/mailed-order.ts'

export interface OrderForMail extends Omit<MailedOrder, 'url'> {
  readonly email: string
  readonly fulfillments: readonly MailedFulfillment[]
  /** Of a guest's order. */
  readonly link: string | null
}

/** What a mail tells of an order, asked when it is sent; null where nobody may be told of it. */
export const ordersBy = (ask: AskOperation) => ({
  async orderForMail(orderId: string, eventId: string): Promise<OrderForMail | null> {
    const { orderForMail } = await ask<{ orderForMail: OrderForMail | null }>('orderForMail', {
      orderId,
      eventId,
    })
    return orderForMail
  },
})

export type Orders = ReturnType<typeof ordersBy>
