import { moneyOf } from '../domain/order.ts'
import type { OrderForMailResolvers } from './types.generated.ts'

export const OrderForMail: OrderForMailResolvers = {
  email: ({ order }) => order.email,
  number: ({ order }) => order.number,
  placedAt: ({ order }) => order.placedAt,
  currency: ({ order }) => order.currency,
  subtotal: ({ order }) => moneyOf(order, order.subtotalMinor),
  discount: ({ order }) => moneyOf(order, order.discountMinor),
  shipping: ({ order }) => moneyOf(order, order.shippingMinor),
  tax: ({ order }) => moneyOf(order, order.taxMinor),
  total: ({ order }) => moneyOf(order, order.totalMinor),
  shipTo: ({ order }) => order.shippingAddress,
  fulfillments: ({ parcels }) => parcels,
}
