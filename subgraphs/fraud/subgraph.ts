import { type Database, openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import type { Config } from './config.ts'
import { contextOn, fraud, type Opened, worldIn } from './context.ts'
import type { Tables } from './db/schema.ts'
import { Sightings } from './db/sightings.ts'
import { scorecard } from './domain/scorecard.ts'
import { forgetOldSightings } from './jobs/forget-old-sightings.ts'
import { onDisputeOpened } from './listeners/on-dispute-opened.ts'
import { onFraudSuspected } from './listeners/on-fraud-suspected.ts'
import { onOrderPlaced } from './listeners/on-order-placed.ts'
import { onPaymentFailed } from './listeners/on-payment-failed.ts'
import { resolvers } from './resolvers/index.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

export async function open(config: Config, standing: Standing): Promise<Subgraph> {
  // Until move(), to leave is to close: a subgraph that half opened leaves nothing behind.
  await using opening = new AsyncDisposableStack()
  const { clock, live } = standing
  const db = opening.use(openDatabase<Tables>(config.databaseUrl, standing))
  const opened: Opened = { db, clock, live, scorer: scorecard, pastMs: config.pastMs }
  const world = (within: Database<Tables>) => ({
    ...worldIn(within, fraud, opened),
    live,
    sightings: new Sightings(within, fraud),
  })
  const within = { db, service: fraud, world }

  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const ready = opening.move()
  return {
    name: 'fraud',
    schema,
    context: contextOn(opened),
    jobs: [forgetOldSightings.with(world(db))],
    listeners: [
      onOrderPlaced.with(within),
      onPaymentFailed.with(within),
      onDisputeOpened.with(within),
      onFraudSuspected.with(within),
    ],
    place: placeOf(db, fraud),
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => ready.disposeAsync(),
  }
}
