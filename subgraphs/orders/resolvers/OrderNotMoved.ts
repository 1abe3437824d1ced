import { found } from '../domain/found.ts'
import type { OrderNotMovedResolvers } from './types.generated.ts'

export const OrderNotMoved: OrderNotMovedResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
}
