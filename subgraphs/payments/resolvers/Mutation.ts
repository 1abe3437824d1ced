import { authorizePayment } from '../domain/authorize-payment.ts'
import { capturePayment } from '../domain/capture-payment.ts'
import { confirmPayment } from '../domain/confirm-payment.ts'
import { createPaymentIntent } from '../domain/create-payment-intent.ts'
import { refundOrder } from '../domain/refund-order.ts'
import { voidPayment } from '../domain/void-payment.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  authorizePayment: (_, { input }, context) => authorizePayment(context, input),
  capturePayment: (_, { input }, context) => capturePayment(context, input),
  voidPayment: (_, { input }, context) => voidPayment(context, input),
  refundOrder: (_, { input }, context) => refundOrder(context, input),
  confirmPayment: (_, { input }, context) => confirmPayment(context, input),
  createPaymentIntent: (_, { input }, context) => createPaymentIntent(context, input),
}
