import { found } from '../domain/found.ts'
import type { OrderMovedResolvers } from './types.generated.ts'

export const OrderMoved: OrderMovedResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
}
