import { type Loader, loadAllBy, loadById } from '@shop/kit/loader'
import type { Methods } from './db/methods.ts'
import type { Payments } from './db/payments.ts'
import type { Reports } from './db/reports.ts'
import type { Transactions } from './db/transactions.ts'
import type { Webhooks } from './db/webhooks.ts'
import type { Posting, Written } from './domain/ledger.ts'
import type { Attempt, Payment, Refund } from './domain/payment.ts'
import type { SavedMethod } from './domain/payment-methods.ts'
import type { WebhookDelivery } from './domain/receive-webhook.ts'
import type { Reconciliation } from './domain/reconcile.ts'

type All<V> = ReturnType<typeof loadAllBy<V>>

export interface Loaders {
  paymentsById: Loader<string, Payment>
  paymentsByOrder: Loader<string, Payment>
  attempts: All<Attempt>
  refundsById: Loader<string, Refund>
  transactionsById: Loader<string, Written>
  postings: All<Posting & { transactionId: string }>
  methodsById: Loader<string, SavedMethod>
  methodsOf: All<SavedMethod>
  deliveriesById: Loader<string, WebhookDelivery>
  reportsById: Loader<string, Reconciliation>
}

interface Reading {
  payments: Payments
  transactions: Transactions
  methods: Methods
  webhooks: Webhooks
  reports: Reports
}

const idOf = ({ id }: { readonly id: string }) => id

export const loadersOf = (reading: Reading): Loaders => {
  const { payments, transactions, methods, webhooks, reports } = reading
  return {
    paymentsById: loadById((ids) => payments.withIds(ids), idOf),
    paymentsByOrder: loadById(
      (ids) => payments.ofOrders(ids),
      ({ orderId }) => orderId,
    ),
    attempts: loadAllBy(
      (ids) => payments.attemptsOf(ids),
      ({ paymentId }) => paymentId,
    ),
    refundsById: loadById((ids) => payments.refundsWithIds(ids), idOf),
    transactionsById: loadById((ids) => transactions.withIds(ids), idOf),
    postings: loadAllBy(
      (ids) => transactions.postingsOf(ids),
      ({ transactionId }) => transactionId,
    ),
    methodsById: loadById((ids) => methods.withIds(ids), idOf),
    methodsOf: loadAllBy(
      (ids) => methods.of(ids),
      ({ userId }) => userId,
    ),
    deliveriesById: loadById((ids) => webhooks.withIds(ids), idOf),
    reportsById: loadById((ids) => reports.withIds(ids), idOf),
  }
}
