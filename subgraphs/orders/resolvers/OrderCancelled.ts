import { found } from '../domain/found.ts'
import type { OrderCancelledResolvers } from './types.generated.ts'

export const OrderCancelled: OrderCancelledResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
}
