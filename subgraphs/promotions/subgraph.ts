import { type Database, openDatabase } from '@shop/kit/database'
import { placeOf } from '@shop/kit/events'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { type Subgraph, schemaFrom } from '@shop/kit/subgraph'
import { Catalog } from './clients/catalog.ts'
import type { Config } from './config.ts'
import { contextOn } from './context.ts'
import { PriceSteps } from './db/price-steps.ts'
import { RuleBook } from './db/rules.ts'
import type { Tables } from './db/schema.ts'
import { type Kinds, kinds as usual } from './domain/kinds.ts'
import { onOrderCancelled } from './listeners/on-order-cancelled.ts'
import { resolvers } from './resolvers/index.ts'

export const migrations = new URL('db/migrations/', import.meta.url)

/** With other kinds of promotions than the usual ones where it is told. */
export async function open(
  config: Config,
  standing: Standing,
  kinds: Kinds = usual,
): Promise<Subgraph> {
  await using opening = new AsyncDisposableStack()
  const { clock } = standing
  const db = opening.use(openDatabase<Tables>(config.databaseUrl, standing))
  const service = serviceNamed('promotions')
  const ask = standing.ask('promotions', new URL('operations/', import.meta.url))
  const world = (within: Database<Tables>) => ({ clock, steps: new PriceSteps(within, service) })
  const schema = await schemaFrom(new URL('schema.graphql', import.meta.url), resolvers)
  const rules = new RuleBook(db, clock)
  const opened = opening.move()
  return {
    name: 'promotions',
    schema,
    context: contextOn({ db, clock, kinds, rules, catalog: new Catalog(ask) }),
    jobs: [],
    listeners: [onOrderCancelled.with({ db, service, world })],
    place: placeOf(db, service),
    ready: () => db.isMigrated(migrations),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
