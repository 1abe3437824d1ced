import type { PaymentNotOpenResolvers } from './types.generated.ts'

export const PaymentNotOpen: PaymentNotOpenResolvers = {
  payment: ({ paymentId }, _, { paymentsById }) => paymentsById.load(paymentId),
}
