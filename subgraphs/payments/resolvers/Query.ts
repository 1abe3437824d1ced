import { orderPayment } from '../domain/order-payment.ts'
import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  payment: (_, { id }, { paymentsById }) => paymentsById.load(id),
  paymentConfig: (_, __, { publishableKey }) => ({ provider: 'stripe', publishableKey }),
  orderPayment: (_, { orderId }, context) => orderPayment(context, orderId),
  transactions: (_, asked, { transactions }) => transactions.page(asked),
  ledgerBalances: (_, __, { transactions }) => transactions.balances(),
  webhookDeliveries: (_, asked, { webhooks }) => webhooks.page(asked),
  reconciliations: (_, page, { reports }) => reports.page(page),
  refundRequests: (_, page, { payments }) => payments.requests(page),
}
