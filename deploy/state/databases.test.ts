import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { keysFrom } from '@shop/kit/keys'
import pg from 'pg'
import { discard, openCluster } from './cluster.ts'
import { prepareDatabases, rolesOf } from './databases.ts'
import { stateFolder } from './folder.ts'

async function tried(connectionString: string, query: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  try {
    await client.connect()
    await client.query(query)
    return 'done'
  } catch (fault) {
    return (fault as { code?: string }).code ?? String(fault)
  } finally {
    await client.end().catch(() => {})
  }
}

/** insufficient_privilege */
const forbidden = '42501'

test('a subgraph whose answers are computed reaches its own database, and no table of the shop', async (t) => {
  const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `sides-${process.pid}`)
  t.after(() => discard(folder))
  // Of its own: roles and their passwords are the whole server's.
  await using cluster = await openCluster({ folder, password: 'x', port: 55_450, durable: false })
  const keys = keysFrom('a secret of this test alone, long enough')
  await prepareDatabases((database) => cluster.url(database), ['payments', 'fraud', 'search'], keys)
  const of = (subgraph: string) => rolesOf(subgraph, new URL(cluster.url('postgres')), keys)
  const elsewhere = new URL(of('fraud').runtime)
  elsewhere.pathname = 'ecommerce'

  const made = await tried(of('fraud').owner, 'create table scores (id int)')
  const refused = [
    await tried(of('fraud').runtime, 'create table mine (id int)'),
    await tried(of('search').runtime, 'select from fraud.scores'),
    await tried(elsewhere.href, 'select 1'),
  ]

  assert.match(of('fraud').runtime, /\/ecommerce_ai\?/)
  assert.match(of('payments').runtime, /\/ecommerce\?/)
  assert.deepEqual([made, ...refused], ['done', forbidden, forbidden, forbidden])
})
