import { moneyOf, there } from '../domain/payment.ts'
import type { RefundResolvers } from './types.generated.ts'

export const Refund: RefundResolvers = {
  __resolveReference: ({ id }, { refundsById }) => refundsById.load(id),
  payment: async ({ paymentId }, _, { paymentsById }) => there(await paymentsById.load(paymentId)),
  amount: (refund) => moneyOf(refund.amountMinor, refund),
}
