import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { hear } from '@shop/kit/testing'
import { dear, fraudWith, risk } from './world.ts'

const placed = {
  customerId: null,
  currency: 'EUR',
  totalMinor: 600_000,
  country: 'DE',
  lines: [{ variantId: newId(), productId: newId(), quantity: 1, totalMinor: 600_000 }],
}

test('an order that was placed while nobody assessed is assessed from its event, once', async () => {
  await using shop = await fraudWith()
  const id = newId()

  await shop.hear('orders.order-placed', id, placed)
  await shop.hear('orders.order-placed', id, placed)

  const { data } = await shop.ask({
    as: risk,
    query: '{ fraudAssessments { nodes { order { id } decision degraded confidence reasons } } }',
  })
  assert.deepEqual(data.fraudAssessments.nodes, [
    // A first order or not, nobody knows: the rule about first orders is not true.
    {
      order: { id },
      decision: 'ALLOW',
      degraded: true,
      confidence: 4 / 14,
      reasons: ['VERY_LARGE', 'LARGE', 'NEW_ACCOUNT'],
    },
  ])
})

test('an order that was assessed at the checkout stays as it was', async () => {
  await using shop = await fraudWith()
  const id = newId()
  const { data } = await shop.assess(id)

  await shop.hear('orders.order-placed', id, placed)

  const read = await shop.ask({ as: risk, query: '{ fraudAssessments { nodes { id degraded } } }' })
  assert.deepEqual(read.data.fraudAssessments.nodes, [
    { id: data.assessOrder.assessmentId, degraded: false },
  ])
})

const known = async ({ ask, database }: Awaited<ReturnType<typeof fraudWith>>) => {
  const query = '{ fraudAssessments { nodes { id decision degraded } } }'
  const { data } = await ask({ as: risk, query })
  const [seen] = await database.run('select count(distinct told_by)::int as by from sightings')
  return [...data.fraudAssessments.nodes, seen?.by]
}

test('what an event alone told gives way to what orders tells, once, and by the same id', async () => {
  await using shop = await fraudWith()
  const id = newId()
  await shop.hear('orders.order-placed', id, placed)
  const [before] = await known(shop)

  const { data } = await shop.assess(id, dear)
  const again = await shop.assess(id, {}, 'another key')
  await shop.hear('orders.order-placed', id, placed)

  assert.deepEqual([before.decision, before.degraded], ['ALLOW', true])
  assert.deepEqual(await known(shop), [{ id: before.id, decision: 'REVIEW', degraded: false }, 1])
  assert.deepEqual(again.data.assessOrder, data.assessOrder)
  const suspected = { orderId: id, assessmentId: before.id, score: data.assessOrder.score }
  assert.deepEqual(await shop.outbox(), [{ name: 'fraud.fraud-suspected', data: suspected }])
})

test('an event and orders at once: what orders tells stays, whoever was first', async () => {
  await using shop = await fraudWith({ at: 'insert into "assessments"', of: 2 })
  const id = newId()

  const [{ data }] = await Promise.all([
    shop.assess(id),
    shop.hear('orders.order-placed', id, placed),
  ])

  const { assessmentId, decision, degraded } = data.assessOrder
  assert.deepEqual(await known(shop), [{ id: assessmentId, decision, degraded }, 1])
  assert.equal(degraded, false)
})

test('what was held by an event, or found to be fraud since, stays as it was', async () => {
  await using shop = await fraudWith()
  const [held, fraud] = [newId(), newId()]
  for (const id of [held, fraud]) await shop.hear('orders.order-placed', id, placed)
  await shop.database.run(`update assessments set decision = 'REVIEW' where order_id = $1`, [held])
  const reason = { reason: 'fraudulent', disputeId: newId(), amountMinor: 1, currency: 'EUR' }
  await shop.hear('payments.dispute-opened', newId(), { orderId: fraud, ...reason })

  const answers = [await shop.assess(held), await shop.assess(fraud)]

  assert.deepEqual(
    answers.map(({ data }) => [data.assessOrder.decision, data.assessOrder.degraded]),
    [
      ['REVIEW', true],
      ['ALLOW', true],
    ],
  )
})

test('payments that fail count against what the order is known by, each event once', async () => {
  await using shop = await fraudWith()
  const id = newId()
  await shop.assess(id)
  const failed = {
    name: 'payments.payment-failed',
    data: { orderId: id, attemptId: newId(), code: 'card_declined' },
  }
  const events = Array.from({ length: 5 }, () => ({ ...failed, id: newId(), aggregateId: newId() }))

  for (const event of [...events, ...events]) await hear(shop.subgraph, event)
  await shop.hear('payments.payment-failed', newId(), { orderId: newId(), code: 'x' })
  shop.wait(60_000)
  const { data } = await shop.assess(newId())

  const rows = await shop.database.run(
    `select count(*)::int as failures from sightings where what = 'FAILURE' and kind = 'email'`,
  )
  assert.deepEqual(rows, [{ failures: 5 }])
  assert.deepEqual(
    [data.assessOrder.decision, data.assessOrder.reasons],
    ['REQUIRE_3DS', ['RULE', 'PAYMENTS_FAILED']],
  )
})

test('a dispute that says it was not them is fraud, told once, and counts for what comes next', async () => {
  await using shop = await fraudWith()
  const [id, other] = [newId(), newId()]
  await shop.assess(id)
  await shop.assess(other, {
    emailHash: 'ben',
    deviceFingerprint: 'his',
    addressHash: 'home',
    paymentMethodHash: 'his',
    clientAddressHash: 'his',
    addressNetworkHash: 'his',
  })
  const dispute = { disputeId: newId(), amountMinor: 1999, currency: 'EUR' }

  await shop.hear('payments.dispute-opened', newId(), {
    orderId: id,
    reason: 'fraudulent',
    ...dispute,
  })
  await shop.hear('payments.dispute-opened', newId(), {
    orderId: id,
    reason: 'fraudulent',
    ...dispute,
  })
  await shop.hear('payments.dispute-opened', newId(), {
    orderId: other,
    reason: 'product_not_received',
    ...dispute,
  })
  const { data } = await shop.assess(newId())

  assert.deepEqual(await shop.outbox(), [{ name: 'fraud.fraud-confirmed', data: { orderId: id } }])
  assert.deepEqual(data.assessOrder.decision, 'REQUIRE_3DS')
  assert.deepEqual(data.assessOrder.reasons, ['FRAUD_BEFORE'])
})

test('staff follow what is held or refused, and nothing else', async () => {
  await using shop = await fraudWith()
  const over = new AbortController()
  const following = shop.follow(over.signal)
  const next = following.next()
  await new Promise(setImmediate)
  const [plain, dear] = [newId(), newId()]
  const { data } = await shop.assess(dear, {
    total: { amountMinor: 600_000, currency: 'EUR' },
    previousOrders: 0,
  })
  await shop.assess(plain)
  const suspected = { assessmentId: data.assessOrder.assessmentId, orderId: dear, score: 23 }

  await shop.hear('fraud.fraud-suspected', newId(), suspected)
  const { value } = await next
  over.abort()

  assert.deepEqual(value.data, { fraudAlert: { decision: 'REVIEW', order: { id: dear } } })
})

test('what is older than thirty days is forgotten; run twice, the rest is still there', async () => {
  await using shop = await fraudWith()
  await shop.assess(newId())
  shop.wait(32 * 86_400_000)
  await shop.assess(newId())
  const job = shop.subgraph.jobs.find(({ name }) => name === 'fraud.forget-old-sightings')

  await job?.run({})
  await job?.run({})

  const rows = await shop.database.run(
    'select count(distinct order_id)::int as orders from sightings',
  )
  assert.deepEqual(rows, [{ orders: 1 }])
})
