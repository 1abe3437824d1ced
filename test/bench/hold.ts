import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '@shop/kit/database'
import { onceIn } from '@shop/kit/idempotency'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { keysFrom } from '@shop/kit/keys'
import { httpLink } from '@shop/kit/link'
import { freshDatabase, queueDatabase, standingAt } from '@shop/kit/testing'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import pg from 'pg'
import { Holds } from '../../subgraphs/inventory/db/holds.ts'
import type { Tables } from '../../subgraphs/inventory/db/schema.ts'
import { holdStock } from '../../subgraphs/inventory/domain/hold-stock.ts'
import { migrations } from '../../subgraphs/inventory/subgraph.ts'
import { forAWhile, report } from './report.ts'

/** Holds per second on one variant, each a durable commit with its idempotency row and its event. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    hands: { type: 'string', default: '16' },
    connections: { type: 'string', default: '8' },
  },
})
const [seconds, hands, connections] = [values.seconds, values.hands, values.connections].map(Number)

const orders = { ...serviceNamed('orders'), actsFor: `user:${newId()}` }
const inputFor = (variantId: string) => ({
  idempotencyKey: newId(),
  lines: [{ variantId, quantity: 1 }],
})

const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `bench-${process.pid}`)
const cluster = await openCluster({
  folder: path.join(folder, 'postgres'),
  password: 'postgres',
  port: 55_100,
  durable: true,
})
process.env.SHOP_TEST_CLUSTER = cluster.url('postgres')
try {
  const domain = await atTheDomain()
  const signed = await atTheSignedEntry()
  const bare = await bareSql()
  report('hold', {
    hands,
    connections,
    bare,
    domain: { ...domain, ofBare: share(domain.perSecond, bare.perSecond) },
    signed: { ...signed, ofBare: share(signed.perSecond, bare.perSecond) },
  })
} finally {
  await cluster[Symbol.asyncDispose]()
  await discard(path.join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}

function share(part: number, whole: number): number {
  return Number((part / whole).toFixed(2))
}

async function shelf() {
  const database = await freshDatabase('inventory', migrations)
  const [variantId, warehouseId] = [newId(), newId()]
  await database.run(`insert into warehouses values ($1, 'N', 'North', 1)`, [warehouseId])
  await database.run(
    'insert into stock_levels (variant_id, warehouse_id, on_hand, low_at) values ($1, $2, 1000000000, 5)',
    [variantId, warehouseId],
  )
  return { database, variantId }
}

async function atTheDomain() {
  const { database, variantId } = await shelf()
  const standing = { keys: keysFrom('bench'), log: standingAt(new Date()).log, connections }
  await using db = openDatabase<Tables>(database.url, standing as never)
  const clock = { now: () => new Date() }
  const once = onceIn(db, orders, (tx) => ({
    identity: orders,
    clock,
    holdMs: 1_800_000,
    holds: new Holds(tx, orders),
  }))
  const one = async () => void (await once('holdStock', holdStock, inputFor(variantId)))
  await forAWhile(2, hands ?? 1, one)
  await using profile = await profiled(database.name)
  const figures = await forAWhile(seconds ?? 1, hands ?? 1, one)
  return { ...figures, dearest: await profile.dearest() }
}

async function atTheSignedEntry() {
  const { database, variantId } = await shelf()
  const secret = 'a secret of the benchmark, thirty-two bytes'
  const child = spawn(process.execPath, ['subgraphs/inventory/index.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      SHOPGRAPH_SECRET: secret,
      INVENTORY_DATABASE_URL: database.url,
      INVENTORY_PORT: '18913',
      QUEUE_DATABASE_URL: await queueDatabase(),
      LOG_LEVEL: 'error',
    },
  })
  try {
    await untilReady('http://127.0.0.1:19913/health/ready')
    const url = 'http://127.0.0.1:18913/graphql'
    await using link = httpLink({ url, audience: 'inventory', keys: keysFrom(secret) })
    const document = `mutation ($input: HoldStockInput!) {
      holdStock(input: $input) { __typename ... on StockHeld { hold { id } } }
    }`
    const one = async () => {
      const variables = { input: inputFor(variantId) }
      const { data } = await link.ask({ document, variables, identity: orders })
      if (data?.holdStock.__typename !== 'StockHeld') throw new Error(JSON.stringify(data))
    }
    await forAWhile(3, hands ?? 1, one)
    return await forAWhile(seconds ?? 1, hands ?? 1, one)
  } finally {
    child.kill('SIGKILL')
  }
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('inventory did not become ready.')
}

/** What PostgreSQL can do here: the same rows, by hand, over the same number of connections. */
async function bareSql() {
  const { database, variantId } = await shelf()
  const pool = new pg.Pool({ connectionString: database.url, max: connections ?? 4 })
  const one = async () => {
    const client = await pool.connect()
    await client.query(
      `begin; select set_config('shop.kind', 'service', true);
      update stock_levels set held = held + 1
        where variant_id = '${variantId}' and on_hand - held >= 1;
      insert into holds (id, owner, step_key, state, expires_at)
        values (uuidv7(), 'user:x', uuidv7(), 'HELD', now());
      commit`,
    )
    client.release()
  }
  await forAWhile(1, hands ?? 1, one)
  const figures = await forAWhile(seconds ?? 1, hands ?? 1, one)
  await pool.end()
  return figures
}

/** Samples what the sessions of a database are doing, every 5 ms. */
async function profiled(database: string) {
  const client = new pg.Client({ connectionString: cluster.url('postgres') })
  await client.connect()
  const seen = new Map<string, number>()
  let isOver = false
  const sampling = (async () => {
    while (!isOver) {
      const { rows } = await client.query(
        `select left(regexp_replace(query, '\\s+', ' ', 'g'), 60) as query, state,
          coalesce(wait_event_type || ':' || wait_event, 'running') as wait
        from pg_stat_activity where datname = $1 and state <> 'idle'`,
        [database],
      )
      for (const { query, state, wait } of rows) {
        const what =
          state === 'active' ? `${query.trim()} (${wait})` : `between statements (${wait})`
        seen.set(what, (seen.get(what) ?? 0) + 1)
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })()
  return {
    async dearest() {
      isOver = true
      await sampling
      const all = [...seen.values()].reduce((sum, count) => sum + count, 0)
      const sorted = [...seen].toSorted(([, a], [, b]) => b - a).slice(0, 6)
      return sorted.map(([what, count]) => `${Math.round((100 * count) / all)} % ${what}`)
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await sampling
      await client.end()
    },
  }
}
