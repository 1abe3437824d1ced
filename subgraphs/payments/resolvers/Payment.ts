import { moneyOf, refundableOf } from '../domain/payment.ts'
import type { PaymentResolvers } from './types.generated.ts'

export const Payment: PaymentResolvers = {
  __resolveReference: ({ id }, { paymentsById }) => paymentsById.load(id),
  order: ({ orderId }) => ({ id: orderId }),
  amount: (payment) => moneyOf(payment.amountMinor, payment),
  captured: (payment) => moneyOf(payment.capturedMinor, payment),
  refunded: (payment) => moneyOf(payment.refundedMinor, payment),
  refundable: (payment) => moneyOf(refundableOf(payment), payment),
  attempts: ({ id }, _, { attempts }) => attempts.load(id),
  refunds: ({ id }, page, { payments }) => payments.refundsOf(id, page),
  events: ({ id }, page, { payments }) => payments.eventsOf(id, page),
}
