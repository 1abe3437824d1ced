import type { Cart, CheckoutProgress, Order } from './models.ts'
import type { SubscriptionResolvers } from './types.generated.ts'

export const Subscription: SubscriptionResolvers = {
  orderStatusChanged: {
    subscribe: (_, { orderId }, { follow }) => follow.orders(orderId ?? null),
    resolve: (order: Order) => order,
  },
  checkoutProgress: {
    subscribe: (_, { cartId }, { follow }) => follow.progress(cartId),
    resolve: (progress: CheckoutProgress) => progress,
  },
  cartUpdated: {
    subscribe: (_, __, { follow }) => follow.carts(),
    resolve: (cart: Cart) => cart,
  },
}
