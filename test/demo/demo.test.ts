import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { routes } from '@shop/kit/alone'
import { demoPassword } from '../../deploy/solo/demo.ts'
import { check } from '../checker/check.ts'
import type { Evidence } from '../checker/evidence.ts'
import { settled } from '../crash/settle.ts'
import { openVictims, placeFor, type Victims } from '../crash/shop.ts'
import { Client } from '../journey/sale.ts'

const pastOf = (folder: string) => path.join(folder, 'stripe-past.jsonl')

/** A shop of forty products, and some hundreds of orders, whose provider is our own. */
async function demoIn(name: string) {
  const place = await placeFor('solo', `${name}-${process.pid}`)
  return openVictims(place, { products: 40 })
}

interface Line {
  readonly orderId: string
  readonly attemptId: string
  readonly amountMinor: number
  readonly status: string
  readonly refunds: readonly { readonly id: string; readonly amountMinor: number }[]
}

/** What our Stripe has done since to payments of the past, by their attempt. */
function doneSince(folder: string): ReadonlyMap<string, string> {
  const lines = readFileSync(path.join(folder, 'stripe.jsonl'), 'utf8').trim().split('\n')
  const put = lines.map(
    (line) => JSON.parse(line) as [string, { metadata: Metadata; status: string }],
  )
  const intents = put.filter(([kind]) => kind === 'payment_intent')
  return new Map(intents.map(([, { metadata, status }]) => [metadata.attempt, status]))
}

interface Metadata {
  readonly attempt: string
}

/** As if nobody had ever bought but in the past: with all that our Stripe was told of. */
function evidenceOf(shop: Victims): Evidence {
  const lines = readFileSync(pastOf(shop.folder), 'utf8').trim().split('\n')
  const told = lines.map((line) => JSON.parse(line) as Line)
  const since = doneSince(shop.folder)
  return {
    shop: (statement, values) => shop.query('ecommerce', statement, values),
    ai: (statement, values) => shop.query('ecommerce_ai', statement, values),
    intents: told.map(({ attemptId: id, orderId, status, amountMinor }) => ({
      ...{ id, orderId, status: since.get(id) ?? status, currency: 'eur' },
      receivedMinor: status === 'succeeded' ? amountMinor : 0,
    })),
    refunds: told.flatMap(({ attemptId: intentId, refunds }) =>
      refunds.map(({ id, amountMinor }) => ({ id, intentId, amountMinor, status: 'succeeded' })),
    ),
    ...{ mails: [], calls: [], routes: routes(), since: new Date(0), now: new Date() },
  }
}

/** Of what does not go on by itself: every order but the last, and what others have of it. */
async function fingerprintOf(shop: Victims) {
  const before = `(select id from orders.orders where placed_at < '2026-10-29')`
  const of = async (database: string, rows: string) => {
    const [row] = await shop.query(
      database,
      `select count(*)::integer, md5(string_agg(row::text, ' ' order by row::text)) from (${rows}) as row`,
    )
    return row
  }
  return {
    orders: await of('ecommerce', `select * from orders.orders where id in ${before}`),
    items: await of('ecommerce', `select * from orders.order_items where order_id in ${before}`),
    payments: await of(
      'ecommerce',
      `select payments.*, intent_id from payments.payments
        join payments.payment_attempts on attempt_id = payment_attempts.id where order_id in ${before}`,
    ),
    sales: await of(
      'ecommerce',
      `select holds.*, variant_id, quantity from inventory.holds
        join inventory.hold_lines on hold_id = holds.id where reference::uuid in ${before}`,
    ),
    prices: await of(
      'ecommerce',
      `select * from promotions.price_steps where order_id in ${before}`,
    ),
    assessments: await of(
      'ecommerce_ai',
      `select * from fraud.assessments where computed_at < '2026-10-29'`,
    ),
  }
}

test('nothing is wrong in the demo shop; killed while it is filled, it comes to the same', async () => {
  await using whole = await demoIn('demo-whole')
  await whole.untilReady()
  await settled(whole)
  await using killed = await demoIn('demo-killed')
  while (!(statSync(pastOf(killed.folder), { throwIfNoEntry: false })?.size ?? 0)) {
    await setTimeout(2)
  }
  killed.signal('shop', 'SIGKILL')
  const note = JSON.parse(readFileSync(path.join(killed.folder, 'demo.json'), 'utf8'))
  await killed.untilReady()

  const found = await fingerprintOf(killed)

  assert.equal(note.isUnfinished, true)
  assert.deepEqual(await check(evidenceOf(whole)), {})
  assert.deepEqual(found, await fingerprintOf(whole))
  assert.ok(Number(found.orders?.count) > 400)
})

const ownOrders = '{ me { orders(first: 3) { totalCount nodes { id number status } } } }'

test('a shopper of the demo shop finds the orders, and has money back for one of long ago', async () => {
  await using shop = await demoIn('demo-people')
  await shop.untilReady()
  const enter = async (email: unknown) => {
    const client = new Client(shop.url)
    const entered = await client.act('login', { email, password: demoPassword }, 'accessToken')
    client.token = entered.accessToken
    return client
  }
  const [old] = await shop.query(
    'ecommerce',
    `select id, owner, email, total_minor::integer as total from orders.orders
      where status = 'DELIVERED' and owner like 'user:%' order by placed_at limit 1`,
  )
  const own = 'select count(*)::integer from orders.orders where owner = $1'
  const [{ count } = {}] = await shop.query('ecommerce', own, [old?.owner])
  const amount = { amountMinor: old?.total, currency: 'EUR' }

  const shopper = await enter(old?.email)
  const { data } = await shopper.ask(ownOrders)
  const wish = { orderId: old?.id, amount, reason: 'Broken after a year' }
  const { refund } = await shopper.act(
    'requestRefund',
    wish,
    '... on RefundRequested { refund { id } }',
  )
  const finance = await enter('finn.finance@staff.example.com')
  const decided = await finance.act(
    'processRefund',
    { id: refund.id, decision: 'APPROVE' },
    '... on RefundProcessed { refund { state } }',
  )
  await settled(shop)

  assert.equal(data.me.orders.totalCount, count)
  assert.equal(data.me.orders.nodes.length, Math.min(3, Number(count)))
  assert.deepEqual(decided, { refund: { state: 'SUCCEEDED' } })
  const [now] = await shop.query('ecommerce', 'select status from orders.orders where id = $1', [
    old?.id,
  ])
  assert.deepEqual(now, { status: 'REFUNDED' })
})
