import type { Database } from '@shop/kit/database'
import { onceIn } from '@shop/kit/idempotency'
import type { Live } from '@shop/kit/live'
import type { Money } from '@shop/kit/money'
import type { Request } from '@shop/kit/request'
import { Methods } from './db/methods.ts'
import { Payments } from './db/payments.ts'
import { Reports } from './db/reports.ts'
import type { Tables } from './db/schema.ts'
import { Transactions } from './db/transactions.ts'
import { Webhooks } from './db/webhooks.ts'
import type { Acting, Begun } from './domain/needs.ts'
import type { Payment } from './domain/payment.ts'
import type { Adding } from './domain/payment-methods.ts'
import type { receiveWebhook } from './domain/receive-webhook.ts'
import type { Requesting } from './domain/refund-requests.ts'
import { paymentOf } from './follow.ts'
import { type Loaders, loadersOf } from './loaders.ts'

type Receiving = Parameters<typeof receiveWebhook>[0]

interface Opened
  extends Acting,
    Pick<Adding, 'vault' | 'kept' | 'isVerified'>,
    Pick<Requesting, 'itemsOf'>,
    Pick<Receiving, 'hear'> {
  db: Database<Tables>
  live: Live
  publishableKey: string
  isChargeable(amount: Money): boolean
}

/** What the first part of an act, in the caller's own transaction, is given. */
interface Local extends Pick<Opened, 'clock' | 'isChargeable'> {
  identity: Request['identity']
  payments: Payments
  methods: Methods
  webhooks: Webhooks
}

/** What a resolver can reach. Made anew for each request, so what its loaders remember ends with it. */
export interface Context
  extends Request,
    Begun<Local>,
    Pick<Adding, 'vault' | 'kept' | 'isVerified'>,
    Pick<Requesting, 'itemsOf'>,
    Pick<Receiving, 'hear'>,
    Loaders {
  publishableKey: string
  payments: Payments
  transactions: Transactions
  webhooks: Webhooks
  reports: Reports
  follow(orderId: string): AsyncGenerator<{ paymentUpdated: Payment | null }>
}

export const contextOn =
  ({ db, live, isChargeable, ...opened }: Opened) =>
  (request: Request): Context => {
    const { identity } = request
    const reading = readingAs(db, identity)
    const loaders = loadersOf(reading)
    const signal = request.signal ?? new AbortController().signal
    const read = (orderId: string) => {
      loaders.attempts.clearAll()
      return reading.payments.ofOrder(orderId)
    }
    return {
      ...request,
      ...opened,
      ...reading,
      ...loaders,
      follow: (orderId) => paymentOf({ live, signal, read }, orderId),
      once: onceIn(db, identity, (tx) => ({
        identity,
        clock: opened.clock,
        isChargeable,
        payments: new Payments(tx, identity),
        methods: new Methods(tx, identity),
        webhooks: new Webhooks(tx, identity),
      })),
    }
  }

const readingAs = (db: Database<Tables>, identity: Request['identity']) => ({
  payments: new Payments(db, identity),
  transactions: new Transactions(db, identity),
  methods: new Methods(db, identity),
  webhooks: new Webhooks(db, identity),
  reports: new Reports(db, identity),
})
