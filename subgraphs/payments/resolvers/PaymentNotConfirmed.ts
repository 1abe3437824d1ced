import type { PaymentNotConfirmedResolvers } from './types.generated.ts'

export const PaymentNotConfirmed: PaymentNotConfirmedResolvers = {
  payment: ({ paymentId }, _, { paymentsById }) => paymentsById.load(paymentId),
}
