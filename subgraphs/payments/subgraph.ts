import { type Database, openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import { stripeAt } from './clients/stripe.ts'
import { StripePayments } from './clients/stripe-payments.ts'
import { StripeVault } from './clients/stripe-vault.ts'
import { hearing } from './clients/stripe-webhooks.ts'
import type { Config } from './config.ts'
import { contextOn } from './context.ts'
import { PaymentBook } from './db/book.ts'
import { KeptMethods } from './db/methods.ts'
import { Reports } from './db/reports.ts'
import type { Tables } from './db/schema.ts'
import { Unfinished } from './db/unfinished.ts'
import { Webhooks } from './db/webhooks.ts'
import type { Payment } from './domain/payment.ts'
import { lookAtSetup } from './domain/payment-methods.ts'
import type { BoughtItem } from './domain/refund-requests.ts'
import { heedWebhooks } from './jobs/heed-webhooks.ts'
import { reconcile } from './jobs/reconcile.ts'
import { settleUnfinished } from './jobs/settle-unfinished.ts'
import { onOrderJoined } from './listeners/on-order-joined.ts'
import { resolvers } from './resolvers/index.ts'
import { changedTopic } from './topics.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

const service = serviceNamed('payments')

export async function open({ databaseUrl, stripe }: Config, standing: Standing): Promise<Subgraph> {
  // Until move(), to leave is to close: a subgraph that half opened leaves nothing behind.
  await using opening = new AsyncDisposableStack()
  const db = opening.use(openDatabase<Tables>(databaseUrl, standing))
  const parts = partsOf({ db, stripe, standing })

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const opened = opening.move()
  return {
    name: 'payments',
    schema,
    context: contextOn({
      ...parts,
      db,
      live: standing.live,
      publishableKey: stripe.publishableKey,
      isChargeable: (amount) => parts.provider.isChargeable(amount),
      hear: hearing(stripe.webhookSecrets, stripe.secretKey.includes('_live_')),
      ...askedOf(standing),
    }),
    jobs: jobsOf(db, parts),
    listeners: [onOrderJoined.with({ db, service, world: bookIn })],
    place: placeOf(db, service),
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const bookIn = (db: Database<Tables>) => ({ book: new PaymentBook(db, service) })

interface Given {
  db: Database<Tables>
  stripe: Config['stripe']
  standing: Standing
}

function partsOf({ db, stripe, standing: { clock, live } }: Given) {
  const client = stripeAt(stripe)
  return {
    clock,
    provider: new StripePayments(client, stripe.returnUrl),
    vault: new StripeVault(client, stripe.returnUrl),
    book: new PaymentBook(db, service),
    kept: new KeptMethods(db, service),
    changed: ({ id, orderId }: Payment) => live.publish(changedTopic(orderId), { paymentId: id }),
  }
}

function jobsOf(db: Database<Tables>, parts: ReturnType<typeof partsOf>) {
  const webhooks = new Webhooks(db, service)
  const heeding = { ...parts, webhooks, lookAtSetup: (id: string) => lookAtSetup(parts, id) }
  return [
    heedWebhooks.with(heeding),
    settleUnfinished.with({ ...parts, unfinished: new Unfinished(db, service) }),
    reconcile.with({ ...parts, reports: new Reports(db, service) }),
  ]
}

/** Who a shopper is, accounts knows. */
function askedOf({ ask }: Standing) {
  const others = ask('payments', new URL('operations/', import.meta.url))
  return {
    async isVerified(userId: string): Promise<boolean> {
      const actsFor = `user:${userId}`
      const told = await others<{ me: { emailVerified: boolean } | null }>('me', {}, { actsFor })
      return told.me?.emailVerified ?? false
    },
    async itemsOf({ orderId, owner }: Payment): Promise<readonly BoughtItem[]> {
      const told = await others<{ order: { items: BoughtItem[] } | null }>(
        'orderItems',
        { orderId },
        { actsFor: owner },
      )
      return told.order?.items ?? []
    },
  }
}
