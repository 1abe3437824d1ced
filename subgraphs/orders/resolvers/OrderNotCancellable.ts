import { found } from '../domain/found.ts'
import type { OrderNotCancellableResolvers } from './types.generated.ts'

export const OrderNotCancellable: OrderNotCancellableResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
}
