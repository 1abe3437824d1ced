import path from 'node:path'
import { type Keys, keysFrom } from '@shop/kit/keys'
import { migrate } from '@shop/kit/migrations'
import { openCluster } from '@shop/state/cluster'
import { prepareDatabases, queueUrl, rolesOf } from '@shop/state/databases'
import { shopSecret } from '@shop/state/secret'
import pg from 'pg'
import type { Options } from './options.ts'
import { openings } from './subgraphs.ts'

export interface Storage extends AsyncDisposable {
  readonly keys: Keys
  readonly port: number
  /** What each subgraph's configuration reads of the environment, and the queue's address. */
  readonly addresses: Readonly<Record<string, string>>
  queueOf(side: 'shop' | 'ai'): string
  /** After a filling: until it is counted, PostgreSQL plans for tables that were empty. */
  count(): Promise<void>
}

/** A line of the opening, for whoever watches. */
export const step = (text: string) => process.stdout.write(`  ${text}\n`)

/** The embedded PostgreSQL with every database, role, schema and table that the shop needs. */
export async function openStorage({ state, env, isDevelopment }: Options): Promise<Storage> {
  const keys = keysFrom(shopSecret(state, env.SHOPGRAPH_SECRET, !isDevelopment))
  const password = keys('database:postgres:1').toString('base64url')
  await using opening = new AsyncDisposableStack()
  const folder = path.join(state, 'postgres')
  const cluster = opening.use(await openCluster({ folder, password, port: 5433, durable: true }))
  step(`PostgreSQL on port ${cluster.port}`)
  const at = new URL(cluster.url('postgres'))
  await prepare(at, keys)
  const opened = opening.move()
  return {
    keys,
    port: cluster.port,
    addresses: addressesAt(at, keys),
    count: () => countRows(cluster.url('ecommerce')),
    queueOf: (side) => queueUrl(side, at, keys),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Every database, role, schema and table that is missing on this server, as its superuser. */
export async function prepare(at: URL, keys: Keys): Promise<void> {
  const names = openings.map(({ name }) => name)
  const superuser = (database: string) => Object.assign(new URL(at), { pathname: database }).href
  await prepareDatabases(superuser, names, keys)
  for (const { name, migrations } of openings) {
    await migrate(rolesOf(name, at, keys).owner, migrations, name)
  }
  step(`tables of ${names.join(', ')}`)
}

/** What the configuration of each subgraph reads: where its tables are, as its runtime role. */
export const addressesAt = (at: URL, keys: Keys): Readonly<Record<string, string>> =>
  Object.fromEntries(
    openings.map(({ name }) => [
      `${name.toUpperCase()}_DATABASE_URL`,
      rolesOf(name, at, keys).runtime,
    ]),
  )

async function countRows(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query('vacuum (analyze)')
  await client.end()
}
