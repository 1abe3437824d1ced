import type { Keys } from '@shop/kit/keys'
import pg from 'pg'

/** The seven whose answers are computed keep their tables apart from payments and addresses. */
const intelligence = new Set([
  'recommendations',
  'search',
  'pricing',
  'assistant',
  'fraud',
  'forecasting',
  'vision',
])

export const sideOf = (subgraph: string): 'shop' | 'ai' =>
  intelligence.has(subgraph) ? 'ai' : 'shop'

export const databaseOf = (subgraph: string): string =>
  sideOf(subgraph) === 'ai' ? 'ecommerce_ai' : 'ecommerce'

export interface Roles {
  /** Migrates. */
  readonly owner: string
  /** Serves: it changes rows and no tables. */
  readonly runtime: string
}

/** Addresses for each subgraph, as its owner and as itself; passwords come from the one secret. */
export function rolesOf(subgraph: string, at: URL, keys: Keys): Roles {
  const as = (role: string) => {
    const url = new URL(at)
    url.pathname = databaseOf(subgraph)
    url.username = role
    url.password = passwordOf(role, keys)
    return url.href
  }
  return { owner: as(`${subgraph}_owner`), runtime: as(subgraph) }
}

export function queueUrl(side: 'shop' | 'ai', at: URL, keys: Keys): string {
  const url = new URL(at)
  url.pathname = 'queue'
  url.username = `queue_${side}`
  url.password = passwordOf(`queue_${side}`, keys)
  return url.href
}

const passwordOf = (role: string, keys: Keys) => keys(`database:${role}:1`).toString('base64url')

/** Makes what is missing: databases, a schema and two roles a subgraph, and the queues' own. */
export async function prepareDatabases(
  superuser: (database: string) => string,
  subgraphs: readonly string[],
  keys: Keys,
): Promise<void> {
  await using admin = await connected(superuser('postgres'))
  for (const side of ['shop', 'ai']) await makeRole(admin.client, `queue_${side}`, keys)
  for (const name of ['ecommerce', 'ecommerce_ai', 'queue']) await makeDatabase(admin.client, name)
  for (const name of subgraphs) {
    for (const role of [`${name}_owner`, name]) await makeRole(admin.client, role, keys)
  }
  await makeQueues(superuser('queue'))
  for (const database of ['ecommerce', 'ecommerce_ai']) {
    const own = subgraphs.filter((name) => databaseOf(name) === database)
    await makeSchemas(superuser(database), database, own)
  }
}

async function makeRole(client: pg.Client, role: string, keys: Keys): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  if (!rowCount) await client.query(`create role ${role} login`)
  const password = pg.escapeLiteral(passwordOf(role, keys))
  await client.query(`alter role ${role} password ${password}`)
}

async function makeDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (!rowCount) await client.query(`create database ${name}`)
  await client.query(`revoke all on database ${name} from public`)
}

/** Jobs may be lost: whoever depends on one sends it again. So they alone need not be on the disk. */
async function makeQueues(url: string): Promise<void> {
  await using queue = await connected(url)
  for (const side of ['shop', 'ai']) {
    const role = `queue_${side}`
    await queue.client.query(`grant connect, create on database queue to ${role}`)
    await queue.client.query(`alter role ${role} set synchronous_commit = off`)
    await queue.client.query(`create schema if not exists ${side} authorization ${role}`)
  }
  await queue.client.query('grant usage, create on schema ai to queue_shop')
}

async function makeSchemas(url: string, database: string, names: readonly string[]) {
  await using there = await connected(url)
  for (const name of names) {
    const owner = `${name}_owner`
    await there.client.query(`
      grant connect on database ${database} to ${owner}, ${name};
      create schema if not exists ${name} authorization ${owner};
      grant usage on schema ${name} to ${name};
      alter role ${owner} set search_path to ${name};
      alter role ${name} set search_path to ${name};`)
  }
}

async function connected(connectionString: string) {
  const client = new pg.Client({ connectionString })
  // The query that it breaks is refused as well, and tells it.
  client.on('error', () => {})
  await client.connect()
  return { client, [Symbol.asyncDispose]: () => client.end() }
}
