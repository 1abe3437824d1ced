import type { Notice } from '../domain/notice.ts'
import type { SubscriptionResolvers } from './types.generated.ts'

export const Subscription: SubscriptionResolvers = {
  notificationReceived: {
    subscribe: (_, __, { follow }) => follow(),
    resolve: (notice: Notice) => notice,
  },
}
