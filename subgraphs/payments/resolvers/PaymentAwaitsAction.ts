import type { PaymentAwaitsActionResolvers } from './types.generated.ts'

export const PaymentAwaitsAction: PaymentAwaitsActionResolvers = {
  payment: ({ paymentId }, _, { paymentsById }) => paymentsById.load(paymentId),
}
