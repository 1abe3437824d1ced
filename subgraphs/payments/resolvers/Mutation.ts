import { authorizePayment } from '../domain/authorize-payment.ts'
import { capturePayment } from '../domain/capture-payment.ts'
import { confirmPayment } from '../domain/confirm-payment.ts'
import { createPaymentIntent } from '../domain/create-payment-intent.ts'
import {
  addPaymentMethod,
  removePaymentMethod,
  setDefaultPaymentMethod,
} from '../domain/payment-methods.ts'
import { receiveWebhook } from '../domain/receive-webhook.ts'
import { refundOrder } from '../domain/refund-order.ts'
import { processRefund, requestRefund } from '../domain/refund-requests.ts'
import { replayWebhook } from '../domain/replay-webhook.ts'
import { voidPayment } from '../domain/void-payment.ts'
import type { MutationResolvers } from './types.generated.ts'

export const Mutation: MutationResolvers = {
  authorizePayment: (_, { input }, context) => authorizePayment(context, input),
  capturePayment: (_, { input }, context) => capturePayment(context, input),
  voidPayment: (_, { input }, context) => voidPayment(context, input),
  refundOrder: (_, { input }, context) => refundOrder(context, input),
  confirmPayment: (_, { input }, context) => confirmPayment(context, input),
  createPaymentIntent: (_, { input }, context) => createPaymentIntent(context, input),
  addPaymentMethod: (_, { input }, context) => addPaymentMethod(context, input),
  removePaymentMethod: (_, { input }, context) => removePaymentMethod(context, input),
  setDefaultPaymentMethod: (_, { input }, context) =>
    context.once('setDefaultPaymentMethod', setDefaultPaymentMethod, input),
  requestRefund: (_, { input }, context) => requestRefund(context, input),
  processRefund: (_, { input }, context) => processRefund(context, input),
  replayWebhook: (_, { input }, context) => context.once('replayWebhook', replayWebhook, input),
  receiveWebhook: (_, { input }, context) => receiveWebhook(context, input),
}
