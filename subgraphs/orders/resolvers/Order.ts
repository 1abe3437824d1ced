import { NotFound } from '@shop/kit/errors'
import { positionOf } from '../domain/moves.ts'
import { customerOf, moneyOf } from '../domain/order.ts'
import { availableMoves } from '../domain/order-machine.ts'
import type { OrderResolvers } from './types.generated.ts'

export const Order: OrderResolvers = {
  async __resolveReference({ id }, { loaders }) {
    const order = await loaders.orders.load(id)
    if (!order) throw new NotFound('There is no such order.')
    return order
  },
  customer: ({ owner }) => refOf(customerOf(owner)),
  items: ({ id }, _, { loaders }) => loaders.items.load(id),
  subtotal: (order) => moneyOf(order, order.subtotalMinor),
  discount: (order) => moneyOf(order, order.discountMinor),
  shipping: (order) => moneyOf(order, order.shippingMinor),
  tax: (order) => moneyOf(order, order.taxMinor),
  total: (order) => moneyOf(order, order.totalMinor),
  refunded: (order) => moneyOf(order, order.refundedMinor),
  fulfillments: ({ id }, _, { loaders }) => loaders.fulfillments.load(id),
  timeline: ({ id }, _, { loaders }) => loaders.stages.load(id),
  availableTransitions: (order) => availableMoves(positionOf(order)),
}

const refOf = (id: string | null) => (id ? { id } : null)
