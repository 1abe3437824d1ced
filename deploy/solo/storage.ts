import path from 'node:path'
import { type Keys, keysFrom } from '@shop/kit/keys'
import { migrate } from '@shop/kit/migrations'
import { openCluster } from '@shop/state/cluster'
import { prepareDatabases, queueUrl, rolesOf } from '@shop/state/databases'
import { shopSecret } from '@shop/state/secret'
import type { Options } from './options.ts'
import { openings } from './subgraphs.ts'

export interface Storage extends AsyncDisposable {
  readonly keys: Keys
  readonly port: number
  /** What each subgraph's configuration reads of the environment, and the queue's address. */
  readonly addresses: Readonly<Record<string, string>>
  queueOf(side: 'shop' | 'ai'): string
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
  const names = openings.map(({ name }) => name)
  await prepareDatabases(cluster.url, names, keys)
  const at = new URL(cluster.url('postgres'))
  for (const { name, migrations } of openings) {
    await migrate(rolesOf(name, at, keys).owner, migrations, name)
  }
  step(`tables of ${names.join(', ')}`)
  const opened = opening.move()
  return {
    keys,
    port: cluster.port,
    addresses: Object.fromEntries(
      names.map((name) => [`${name.toUpperCase()}_DATABASE_URL`, rolesOf(name, at, keys).runtime]),
    ),
    queueOf: (side) => queueUrl(side, at, keys),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
