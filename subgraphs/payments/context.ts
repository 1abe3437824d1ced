import type { Clock } from '@shop/kit/clock'
import type { Database } from '@shop/kit/database'
import { onceIn } from '@shop/kit/idempotency'
import { serviceNamed } from '@shop/kit/identity'
import { type Loader, loadAllBy, loadById } from '@shop/kit/loader'
import type { Money } from '@shop/kit/money'
import type { Request } from '@shop/kit/request'
import { PaymentBook } from './db/book.ts'
import { Methods } from './db/methods.ts'
import { Payments } from './db/payments.ts'
import type { Tables } from './db/schema.ts'
import { Transactions } from './db/transactions.ts'
import type { Posting, Written } from './domain/ledger.ts'
import type { Acting, Begun } from './domain/needs.ts'
import type { Attempt, Payment, Refund } from './domain/payment.ts'

interface Opened extends Omit<Acting, 'book'> {
  db: Database<Tables>
  clock: Clock
  publishableKey: string
  isChargeable(amount: Money): boolean
}

/** What the first part of an act, in the caller's own transaction, is given. */
interface Local extends Pick<Opened, 'clock' | 'isChargeable'> {
  identity: Request['identity']
  payments: Payments
  methods: Methods
}

type All<V> = ReturnType<typeof loadAllBy<V>>

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context extends Request, Begun<Local> {
  publishableKey: string
  payments: Payments
  transactions: Transactions
  paymentsById: Loader<string, Payment>
  paymentsByOrder: Loader<string, Payment>
  attempts: All<Attempt>
  refundsById: Loader<string, Refund>
  transactionsById: Loader<string, Written>
  postings: All<Posting & { transactionId: string }>
}

const service = serviceNamed('payments')

export const contextOn =
  ({ db, publishableKey, isChargeable, ...opened }: Opened) =>
  (request: Request): Context => {
    const { identity } = request
    const { clock } = opened
    const payments = new Payments(db, identity)
    const transactions = new Transactions(db, identity)
    return {
      ...request,
      ...opened,
      publishableKey,
      payments,
      transactions,
      book: new PaymentBook(db, service),
      once: onceIn(db, identity, (tx) => ({
        identity,
        clock,
        isChargeable,
        payments: new Payments(tx, identity),
        methods: new Methods(tx, identity),
      })),
      ...loadersOf(payments, transactions),
    }
  }

function loadersOf(payments: Payments, transactions: Transactions) {
  return {
    paymentsById: loadById(
      (ids) => payments.withIds(ids),
      ({ id }) => id,
    ),
    paymentsByOrder: loadById(
      (ids) => payments.ofOrders(ids),
      ({ orderId }) => orderId,
    ),
    attempts: loadAllBy(
      (ids) => payments.attemptsOf(ids),
      ({ paymentId }) => paymentId,
    ),
    refundsById: loadById(
      (ids) => payments.refundsWithIds(ids),
      ({ id }) => id,
    ),
    transactionsById: loadById(
      (ids) => transactions.withIds(ids),
      ({ id }) => id,
    ),
    postings: loadAllBy(
      (ids) => transactions.postingsOf(ids),
      ({ transactionId }) => transactionId,
    ),
  }
}
