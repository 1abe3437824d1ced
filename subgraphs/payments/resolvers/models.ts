import type { Connection } from '@shop/kit/database'
import type { Money } from '@shop/kit/money'
import type { Written } from '../domain/ledger.ts'
import type { Payment, PaymentState, Refund } from '../domain/payment.ts'
import type { WebhookDelivery } from '../domain/receive-webhook.ts'
import type { Finding, Reconciliation } from '../domain/reconcile.ts'

export type { Money } from '@shop/kit/money'
export type {
  PaymentActionRequired,
  PaymentAuthorized,
  PaymentRefused,
} from '../domain/authorize-payment.ts'
export type { PaymentCaptured, PaymentNotCaptured } from '../domain/capture-payment.ts'
export type {
  PaymentAwaitsAction,
  PaymentConfirmed,
  PaymentNotConfirmed,
} from '../domain/confirm-payment.ts'
export type { PaymentIntentCreated, PaymentNotOpen } from '../domain/create-payment-intent.ts'
export type { Posting, Written as Transaction } from '../domain/ledger.ts'
export type { OrderPayment } from '../domain/order-payment.ts'
export type { Attempt as PaymentAttempt, Payment, Refund } from '../domain/payment.ts'
export type {
  DefaultPaymentMethodSet,
  PaymentMethodAdded,
  PaymentMethodNeedsAction,
  PaymentMethodRefused,
  SavedMethod as PaymentMethod,
} from '../domain/payment-methods.ts'
export type { WebhookDelivery, WebhookRefused, WebhookTaken } from '../domain/receive-webhook.ts'
export type { Finding as ReconciliationFinding, Reconciliation } from '../domain/reconcile.ts'
export type { OrderRefunded, RefundTooLarge } from '../domain/refund-order.ts'
export type { RefundProcessed, RefundRequested } from '../domain/refund-requests.ts'
export type { WebhookReplayed } from '../domain/replay-webhook.ts'
export type { PaymentVoided } from '../domain/void-payment.ts'

export interface PaymentEvent {
  readonly id: string
  readonly attemptId: string
  readonly from: PaymentState | null
  readonly to: PaymentState
  readonly at: Date
}

export interface LedgerBalance {
  readonly account: string
  readonly amount: Money
}

export interface Order {
  readonly id: string
}

export interface User {
  readonly id: string
}

export type PaymentEventConnection = Connection<PaymentEvent>
export type PaymentConnection = Connection<Payment>
export type RefundConnection = Connection<Refund>
export type TransactionConnection = Connection<Written>
export type WebhookDeliveryConnection = Connection<WebhookDelivery>
export type ReconciliationConnection = Connection<Reconciliation>
export type ReconciliationFindingConnection = Connection<Finding>
