import { found } from '../domain/found.ts'
import type { NotToBeShippedResolvers } from './types.generated.ts'

export const NotToBeShipped: NotToBeShippedResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
}
