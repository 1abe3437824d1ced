import type { Assessment } from '../domain/assessment.ts'
import type { SubscriptionResolvers } from './types.generated.ts'

export const Subscription: SubscriptionResolvers = {
  fraudAlert: {
    subscribe: (_, __, { alerts }) => alerts(),
    resolve: (assessment: Assessment) => assessment,
  },
}
