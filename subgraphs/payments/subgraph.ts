import { openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import { stripeAt } from './clients/stripe.ts'
import { StripePayments } from './clients/stripe-payments.ts'
import type { Config } from './config.ts'
import { contextOn } from './context.ts'
import type { Tables } from './db/schema.ts'
import { resolvers } from './resolvers/index.ts'
import { changedTopic } from './topics.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

export async function open({ databaseUrl, stripe }: Config, standing: Standing): Promise<Subgraph> {
  // Until move(), to leave is to close: a subgraph that half opened leaves nothing behind.
  await using opening = new AsyncDisposableStack()
  const { clock, live } = standing
  const db = opening.use(openDatabase<Tables>(databaseUrl, standing))
  const provider = new StripePayments(stripeAt(stripe), stripe.returnUrl)

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const opened = opening.move()
  return {
    name: 'payments',
    schema,
    context: contextOn({
      db,
      clock,
      provider,
      publishableKey: stripe.publishableKey,
      isChargeable: (amount) => provider.isChargeable(amount),
      changed: ({ id, orderId }) => live.publish(changedTopic(orderId), { paymentId: id }),
    }),
    jobs: [],
    listeners: [],
    place: placeOf(db, serviceNamed('payments')),
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
