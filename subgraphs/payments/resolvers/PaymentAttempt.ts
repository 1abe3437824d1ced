import { cardOf } from '../domain/payment.ts'
import type { PaymentAttemptResolvers } from './types.generated.ts'

export const PaymentAttempt: PaymentAttemptResolvers = {
  card: (attempt) => cardOf(attempt),
  providerReference: ({ intentId }) => intentId,
}
