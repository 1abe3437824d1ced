import type { PaymentConfirmedResolvers } from './types.generated.ts'

export const PaymentConfirmed: PaymentConfirmedResolvers = {
  payment: ({ paymentId }, _, { paymentsById }) => paymentsById.load(paymentId),
}
