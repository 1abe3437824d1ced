import type { SubscriptionResolvers } from './types.generated.ts'

export const Subscription: SubscriptionResolvers = {
  paymentUpdated: { subscribe: (_, { orderId }, { follow }) => follow(orderId) },
}
