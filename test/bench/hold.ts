import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { keysFrom } from '@shop/kit/keys'
import { httpLink } from '@shop/kit/link'
import { freshDatabase, queueDatabase, standingAt } from '@shop/kit/testing'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import pg from 'pg'
import { contextOn } from '../../subgraphs/inventory/context.ts'
import type { Tables } from '../../subgraphs/inventory/db/schema.ts'
import { holdStock } from '../../subgraphs/inventory/domain/hold-stock.ts'
import { migrations } from '../../subgraphs/inventory/subgraph.ts'
import { forAWhile, report } from './report.ts'

/** Holds per second on one variant, each a durable commit with its idempotency row and its event. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '5' },
    hands: { type: 'string', default: '16' },
    connections: { type: 'string', default: '4' },
  },
})
const [seconds, rounds, hands, connections] = [
  Number(values.seconds),
  Number(values.rounds),
  Number(values.hands),
  Number(values.connections),
] as const

type Figures = Awaited<ReturnType<typeof forAWhile>>

/** One way to hold: `one` is one hold. */
interface Road extends AsyncDisposable {
  readonly database: string
  one(): Promise<void>
}

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
  await using opening = new AsyncDisposableStack()
  const open = async (road: Promise<Road>) => opening.use(await road)
  const roads = {
    bare: await open(bareSql()),
    domain: await open(atTheDomain()),
    signed: await open(atTheSignedEntry()),
  }
  const measured = { bare: [], domain: [], signed: [] } as Record<keyof typeof roads, Figures[]>
  for (const { one } of Object.values(roads)) await forAWhile(2, hands, one)
  // By turns, so that what slows the machine down slows all three.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['bare', 'domain', 'signed'] as const) {
      measured[name].push(await forAWhile(seconds / rounds, hands, roads[name].one))
    }
  }
  await using profile = await profiled(roads.domain.database)
  await forAWhile(2, hands, roads.domain.one)
  const [bare, domain, signed] = [measured.bare, measured.domain, measured.signed].map(middleOf)
  const load = readFileSync('/proc/loadavg', 'utf8').trim()
  report('hold', {
    hands,
    connections,
    load,
    bare,
    domain,
    signed,
    dearest: await profile.dearest(),
  })
} finally {
  await cluster[Symbol.asyncDispose]()
  await discard(path.join(folder, 'postgres'))
  rmSync(folder, { recursive: true, force: true })
}

/** Of the rounds, the one in the middle, and the best. */
function middleOf(rounds: readonly Figures[]) {
  const sorted = rounds.toSorted((a, b) => a.perSecond - b.perSecond)
  const middle = sorted[Math.floor(sorted.length / 2)]
  return { ...middle, best: sorted.at(-1)?.perSecond }
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

async function atTheDomain(): Promise<Road> {
  const { database, variantId } = await shelf()
  const standing = { keys: keysFrom('bench'), log: standingAt(new Date()).log, connections }
  const db = openDatabase<Tables>(database.url, standing as never)
  const clock = { now: () => new Date() }
  const { once } = contextOn({ db, clock, holdMs: 1_800_000 })({
    identity: orders,
    cookies: {},
    setCookie() {},
  })
  return {
    database: database.name,
    one: async () => void (await once('holdStock', holdStock, inputFor(variantId))),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}

async function atTheSignedEntry(): Promise<Road> {
  const { database, variantId } = await shelf()
  const secret = 'a secret of the benchmark, thirty-two bytes'
  const child = spawn(process.execPath, ['subgraphs/inventory/index.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: process.env.NODE_ENV,
      SHOPGRAPH_SECRET: secret,
      INVENTORY_DATABASE_URL: database.url,
      INVENTORY_PORT: '18913',
      QUEUE_DATABASE_URL: await queueDatabase(),
      LOG_LEVEL: 'error',
    },
  })
  await untilReady('http://127.0.0.1:19913/health/ready')
  const url = 'http://127.0.0.1:18913/graphql'
  const link = httpLink({ url, audience: 'inventory', keys: keysFrom(secret) })
  const document = `mutation ($input: HoldStockInput!) {
    holdStock(input: $input) { __typename ... on StockHeld { hold { id } } }
  }`
  return {
    database: database.name,
    async one() {
      const variables = { input: inputFor(variantId) }
      const { data } = await link.ask({ document, variables, identity: orders })
      if (data?.holdStock.__typename !== 'StockHeld') throw new Error(JSON.stringify(data))
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await link[Symbol.asyncDispose]()
    },
  }
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
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
async function bareSql(): Promise<Road> {
  const { database, variantId } = await shelf()
  const pool = new pg.Pool({ connectionString: database.url, max: connections })
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
  return { database: database.name, one, [Symbol.asyncDispose]: () => pool.end() }
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
