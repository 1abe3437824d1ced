import type { CartInCheckoutResolvers } from './types.generated.ts'

export const CartInCheckout: CartInCheckoutResolvers = {
  order: ({ orderId }, _, { loaders }) => loaders.orders.load(orderId),
}
