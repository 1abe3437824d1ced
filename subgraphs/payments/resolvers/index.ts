import { byKind } from '@shop/kit/kind'
import { CurrencyCode, DateTime, JSONValue, MinorUnits } from '@shop/kit/scalars'
import { DefaultPaymentMethodSet } from './DefaultPaymentMethodSet.ts'
import { Money } from './Money.ts'
import { Mutation } from './Mutation.ts'
import { Order } from './Order.ts'
import { Payment } from './Payment.ts'
import { PaymentAttempt } from './PaymentAttempt.ts'
import { PaymentAwaitsAction } from './PaymentAwaitsAction.ts'
import { PaymentConfirmed } from './PaymentConfirmed.ts'
import { PaymentIntentCreated } from './PaymentIntentCreated.ts'
import { PaymentMethod } from './PaymentMethod.ts'
import { PaymentMethodAdded } from './PaymentMethodAdded.ts'
import { PaymentNotConfirmed } from './PaymentNotConfirmed.ts'
import { PaymentNotOpen } from './PaymentNotOpen.ts'
import { Posting } from './Posting.ts'
import { Query } from './Query.ts'
import { Reconciliation } from './Reconciliation.ts'
import { ReconciliationFinding } from './ReconciliationFinding.ts'
import { Refund } from './Refund.ts'
import { RefundProcessed } from './RefundProcessed.ts'
import { RefundRequested } from './RefundRequested.ts'
import { Subscription } from './Subscription.ts'
import { Transaction } from './Transaction.ts'
import type { Resolvers } from './types.generated.ts'
import { User } from './User.ts'
import { WebhookDelivery } from './WebhookDelivery.ts'
import { WebhookReplayed } from './WebhookReplayed.ts'

export const resolvers: Resolvers = {
  AuthorizePaymentResult: byKind,
  CapturePaymentResult: byKind,
  ConfirmPaymentResult: byKind,
  CreatePaymentIntentResult: byKind,
  CurrencyCode,
  DateTime,
  MinorUnits,
  Money,
  Mutation,
  Order,
  Payment,
  PaymentAttempt,
  PaymentAwaitsAction,
  PaymentConfirmed,
  PaymentIntentCreated,
  PaymentNotConfirmed,
  PaymentNotOpen,
  Posting,
  Query,
  Refund,
  RefundOrderResult: byKind,
  Transaction,
  User,
  PaymentMethod,
  PaymentMethodAdded,
  DefaultPaymentMethodSet,
  RefundRequested,
  RefundProcessed,
  WebhookReplayed,
  WebhookDelivery,
  Reconciliation,
  ReconciliationFinding,
  Subscription,
  AddPaymentMethodResult: byKind,
  RequestRefundResult: byKind,
  ProcessRefundResult: byKind,
  ReceiveWebhookResult: byKind,
  JSON: JSONValue,
}
