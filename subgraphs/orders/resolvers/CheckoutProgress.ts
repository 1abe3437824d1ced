import { found } from '../domain/found.ts'
import type { CheckoutProgressResolvers } from './types.generated.ts'

export const CheckoutProgress: CheckoutProgressResolvers = {
  order: ({ orderId }, _, { loaders }) => found(loaders.orders.load(orderId)),
}
