import type { PaymentIntentCreatedResolvers } from './types.generated.ts'

export const PaymentIntentCreated: PaymentIntentCreatedResolvers = {
  payment: ({ paymentId }, _, { paymentsById }) => paymentsById.load(paymentId),
}
