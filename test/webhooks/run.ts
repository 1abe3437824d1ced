import assert from 'node:assert/strict'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chanceOf } from '@shop/doubles/stripe'
import { discard, openCluster } from '@shop/state/cluster'
import { stateFolder } from '@shop/state/folder'
import {
  capturedEnd,
  different,
  interleave,
  ordersOf,
  rightEnd,
  runOrders,
  type Shuffled,
} from '../../subgraphs/payments/test/webhook-orders.ts'
import { paymentsWith } from '../../subgraphs/payments/test/world.ts'

/**
 * `npm run webhooks`: every order of the six events, each with every one of them lost and each with
 * every one of them twice, and then confirmations and webhooks between each other's steps.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '720' },
    interleavings: { type: 'string', default: '10000' },
    brief: { type: 'boolean', default: false },
  },
})

const places = [-1, 0, 1, 2, 3, 4, 5]

/** Lost and twice together: 49 of each order; briefly one of them, another for each order. */
function casesOf(order: readonly number[], index: number): Shuffled[] {
  const all = places.flatMap((dropped) => places.map((repeated) => ({ order, dropped, repeated })))
  return values.brief ? all.slice(index % 49, (index % 49) + 1) : all
}

/** A world grows with what was done in it: after so many there is a new one. */
const inOneWorld = 160

/** As many as a database lets ask at the same moment. */
const sideBySide = 40

async function inWorlds<Case>(
  cases: readonly Case[],
  run: (world: Awaited<ReturnType<typeof paymentsWith>>, some: readonly Case[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < cases.length; from += inOneWorld) {
    await using world = await paymentsWith()
    const some = cases.slice(from, from + inOneWorld)
    for (let at = 0; at < some.length; at += sideBySide) {
      await run(world, some.slice(at, at + sideBySide))
      process.stdout.write(`\r${from + at + sideBySide} of ${cases.length}`)
    }
  }
  process.stdout.write('\n')
}

const began = performance.now()
const before = process.cpuUsage()
const folder = path.join(stateFolder(process.env.SHOP_STATE_DIR), `webhooks-${process.pid}`)
const port = 55_000 + (process.pid % 1000)
const cluster = await openCluster({ folder, password: 'postgres', port, durable: false })
process.env.SHOP_TEST_CLUSTER = cluster.url('postgres')
try {
  const orders = ordersOf(6).slice(0, Number(values.orders))
  const all = orders.flatMap(casesOf)
  const cases = different(all)
  await inWorlds(cases, async (world, some) => {
    const ends = await runOrders(world, some)
    for (const [at, end] of ends.entries()) {
      assert.deepEqual(end, rightEnd, JSON.stringify(some[at]))
    }
  })
  const runs = Array.from({ length: Number(values.interleavings) }, (_, run) => run)
  await inWorlds(runs, async (world, some) => {
    for (const run of some) {
      const seed = Number(values.seed) * 1_000_003 + run
      assert.deepEqual(await interleave(world, chanceOf(seed)), capturedEnd, `seed ${seed}`)
    }
  })
  const { user, system } = process.cpuUsage(before)
  const cpu = Math.round((user + system) / 1000 / Math.max(1, cases.length + runs.length))
  const seconds = Math.round((performance.now() - began) / 1000)
  process.stdout.write(
    `${orders.length} orders, ${all.length} cases, ${cases.length} of them different, and ${runs.length} interleavings: one capture each, ${seconds} s, ${cpu} ms of processor each\n`,
  )
} finally {
  await cluster[Symbol.asyncDispose]()
  await discard(folder)
}
