import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { userNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { keysFrom } from '@shop/kit/keys'
import { httpLink, localLink } from '@shop/kit/link'
import { queuesOn } from '@shop/kit/queues'
import { freshDatabase, queueDatabase, silent } from '@shop/kit/testing'
import { migrations } from '../subgraph.ts'
import { inventoryWith, mug } from './world.ts'

const hold = (idempotencyKey: string, quantity: number) => ({
  identity: userNamed('ada'),
  variables: { input: { idempotencyKey, variantId: mug, quantity } },
  document: /* GraphQL */ `
    mutation ($input: HoldStockInput!) {
      holdStock(input: $input) {
        __typename
        ... on StockHeld { hold { quantity expiresAt variant { id available } } }
        ... on OutOfStock { variant { id available } }
      }
    }
  `,
})
const calls = [
  hold('1', 2),
  hold('1', 2),
  hold('1', 1),
  hold('2', 9),
  hold('3', 0),
  { ...hold('4', 1), identity: { kind: 'anonymous', id: '', scopes: [] } as const },
  { document: '{ nothing }', identity: userNamed('ada') },
  { document: '{ myHolds(first: 0) { edges { cursor } } }', identity: userNamed('ada') },
  {
    document:
      '{ _entities(representations: [{ __typename: "Hold", id: "not an id" }]) { ... on Hold { id } } }',
    identity: userNamed('ada'),
  },
]
const timeless = (answer: unknown) =>
  JSON.parse(JSON.stringify(answer).replace(/"expiresAt":"[^"]+"/g, '"expiresAt":"string"'))

const secret = 'a secret of thirty-two bytes, say'
const url = 'http://127.0.0.1:18013/graphql'

/** The process itself, with one hold on its shelf that ran out long ago. */
async function servedInventory() {
  const database = await freshDatabase('inventory', migrations)
  await database.run('insert into stock_levels values ($1, 3, 2)', [mug])
  await database.run(`insert into holds values ($1, $2, 'eve', 2, '2020-01-01')`, [newId(), mug])
  const child = spawn(process.execPath, ['subgraphs/inventory/index.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      SHOPGRAPH_SECRET: secret,
      INVENTORY_DATABASE_URL: database.url,
      INVENTORY_HOLD_MINUTES: '1',
      INVENTORY_PORT: '18013',
      QUEUE_DATABASE_URL: await queueDatabase(),
    },
  })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const line = async () => String((await lines.next()).value)
  return {
    child,
    line,
    run: database.run,
    async until(query: string) {
      while ((await database.run(query)).length === 0) await setTimeout(50)
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await database[Symbol.asyncDispose]()
    },
  }
}

test('index serves what the local form answers, works its queues, and closes', async (t) => {
  await using shop = await inventoryWith(3)
  await using served = await servedInventory()
  assert.match(await served.line(), /inventory listens on 18013, ready: true/)

  // The job runs on BullMQ's PostgreSQL backend: what eve left is free again.
  await served.until('select from outbox')
  assert.deepEqual(await served.run('select held from stock_levels'), [{ held: 0 }])

  await using overHttp = httpLink({ url, audience: 'inventory', keys: keysFrom(secret) })
  await using local = localLink({ ...shop.subgraph, log: silent([]) })
  for (const call of calls) {
    assert.deepEqual(timeless(await overHttp.ask(call)), timeless(await local.ask(call)))
  }

  const body = '{"query":"{__typename}"}'
  const headers = { 'shopgraph-call': 'v1.e30.xxx' }
  const unsigned = await fetch(url, { method: 'POST', body })
  const missigned = await fetch(url, { method: 'POST', body, headers })
  assert.deepEqual([unsigned.status, missigned.status], [401, 401])

  const id = newId()
  await served.run(`insert into holds values ($1, $2, 'eve', 1, '2020-01-01')`, [id, mug])
  await using queues = queuesOn({
    store: { postgres: await queueDatabase(), schema: 'shop' },
    routes: {},
    log: silent([]),
  })
  await queues.add({ name: 'inventory.release-expired-holds', payload: {} })
  await served.until(`select from holds where id = '${id}' and released_at is not null`)

  const told = Date.now()
  served.child.kill('SIGTERM')
  assert.deepEqual(await once(served.child, 'exit'), [0, null])
  assert.match(await served.line(), /closed/)
  t.diagnostic(`closed in ${Date.now() - told} ms`)
})
