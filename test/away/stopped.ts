import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { root } from '@shop/state/folder'
import { freePort } from '@shop/state/port'
import { arming } from '../crash/arming.ts'
import { readyToPay } from '../crash/buying.ts'
import { settled } from '../crash/settle.ts'
import { type Kept, keptProcess } from '../faults/processes.ts'
import { intentsOf, mailsOf, orderOf } from './order.ts'
import type { World } from './world.ts'

/** What lies there of an order: all of it that a runner could have changed. */
export interface Traces {
  readonly status: string
  readonly stages: string
  readonly events: string
  readonly version: number
  /** How often somebody took its walk. */
  readonly lease: number
  readonly movements: number
  readonly payments: readonly string[]
  readonly mails: number
}

export interface Stopped {
  readonly settledMs: number
  readonly before: Traces
  readonly after: Traces
}

/** Its walk's lease is twenty seconds; whoever is resumed after a minute lost it long ago. */
const stoppedMs = 60_000

/**
 * The process that walks stops at the point; another of the same subgraph takes the walk over and
 * ends it; then the first goes on where it stood.
 */
export async function runnerStopped(world: World, point: string): Promise<Stopped> {
  const { shop } = world
  await using _ = await anotherOrders(world)
  const shopper = world.newcomer()
  const call = await readyToPay(shopper, { card: 'pm_card_visa', voucherCodes: [] })
  if (!call) throw new Error('There is nothing to pay for.')
  const { input } = call.variables as { input: { cartId: string } }
  const paying = shopper.client.ask(call)
  using armed = arming(shop, `freeze ${point}`)
  if (!(await armed.hit())) throw new Error(`Nobody came to ${point}.`)
  const began = performance.now()
  const settledMs = await ended(world, input.cartId, began)
  await setTimeout(Math.max(0, stoppedMs - (performance.now() - began)))
  const before = await tracesOf(world, input.cartId)
  shop.signal('orders', 'SIGCONT')
  await paying
  await setTimeout(5000)
  await settled(shop)
  return { settledMs, before, after: await tracesOf(world, input.cartId) }
}

async function ended(world: World, cartId: string, began: number): Promise<number> {
  while ((await orderOf(world, cartId)).status === 'PENDING') {
    if (performance.now() - began > stoppedMs) break
    await setTimeout(200)
  }
  return Math.round(performance.now() - began)
}

/** On a port of its own, with all that the first was told. */
async function anotherOrders({ shop }: World): Promise<Kept> {
  const told = readFileSync(`/proc/${shop.pidOf('orders')}/environ`, 'utf8').split('\0')
  const env = Object.fromEntries(told.filter(Boolean).map((line) => line.split(/=(.*)/s, 2)))
  const port = await freePort(29_500)
  const kept = keptProcess({
    file: path.join(root, 'subgraphs/orders/index.ts'),
    env: { ...env, ORDERS_PORT: String(port), SHOP_POINTS_FILE: undefined },
    log: path.join(shop.folder, 'orders-2.log'),
  })
  const url = `http://127.0.0.1:${port + 1000}/health/ready`
  while (!(await isReady(url))) await setTimeout(100)
  return kept
}

const isReady = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

async function tracesOf(world: World, cartId: string): Promise<Traces> {
  const { id, status } = await orderOf(world, cartId)
  const [row] = await world.shop.query(
    'ecommerce',
    `select version, (select lease from orders.checkouts where order_id = $1)::integer as lease,
      (select string_agg(status, ' ' order by id) from orders.order_stages
        where order_id = $1) as stages,
      (select string_agg(name, ' ' order by sequence) from orders.outbox
        where aggregate_id = $1::text) as events,
      (select count(*) from inventory.stock_movements where reference = $1::text)::integer as movements
    from orders.orders where id = $1`,
    [id],
  )
  const lies = row as unknown as Omit<Traces, 'status' | 'payments' | 'mails'>
  return { status, ...lies, payments: intentsOf(world, id), mails: await mailsOf(world, id) }
}
