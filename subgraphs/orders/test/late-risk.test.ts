import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { atPoint } from '@shop/kit/points'
import { hear } from '@shop/kit/testing'
import { adding, readyToBuy, untilState } from './shopping.ts'
import { away } from './stand-in.ts'
import { ada, ordersWith, staffWith, type World } from './world.ts'

const staff = staffWith('orders:read', 'orders:write', 'fraud:write')
const undos = ['returnHold', 'voidPayment', 'releasePrice', 'releaseHold']

/** From the answer of this number on it is heard; those before come to nothing. */
function heardFrom(shop: World, number: number, decision = 'ALLOW'): void {
  let asks = 0
  shop.standIn.answers('assessOrder', () => {
    asks += 1
    return asks < number ? away() : { assessOrder: { decision } }
  })
}

/** More than an order may cost that nobody assessed. */
async function dear(shop: World) {
  await shop.ask(adding(ada, { quantity: 30 }))
  return readyToBuy(shop, ada)
}

async function bought(shop: World): Promise<string> {
  const { data } = await shop.ask(await dear(shop))
  return data.checkout.order.id
}

async function historyOf({ ask }: World, id: string) {
  const query = 'query ($id: ID!) { order(id: $id) { cancelReason timeline { status note } } }'
  const { data } = await ask({ as: staff, query, variables: { id } })
  const told = data.order.timeline.map(({ status, note }: { status: string; note: string }) =>
    note ? `${status}: ${note}` : status,
  )
  return [...told, data.order.cancelReason].filter(Boolean)
}

const isLate = 'ON_HOLD: A check is late, and is asked for again.'
const goesOn = 'ON_HOLD: The check has come: it goes on.'
const isLookedAt = 'ON_HOLD: A person looks at it.'

async function sweepAfter(shop: World, ms: number): Promise<void> {
  shop.later(ms)
  await shop.sweep()
}

const deciding = ({ ask }: World, field: string, orderId: string) => {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`
  const input = { idempotencyKey: newId(), orderId }
  return ask({ as: staff, query, variables: { input } }).then(({ data }) => data[field].__typename)
}

test('an answer that is there when the order comes to rest is heard at once: it is paid', async () => {
  await using shop = await ordersWith()
  heardFrom(shop, 2)

  const { data } = await shop.ask(await dear(shop))

  const { id, status } = data.checkout.order
  assert.equal(status, 'CONFIRMED')
  assert.deepEqual(await historyOf(shop, id), ['PENDING', isLate, goesOn, 'CONFIRMED'])
  const asked = shop.standIn.said.filter(({ operation }) => operation === 'assessOrder')
  assert.deepEqual(asked[0]?.variables, asked[1]?.variables)
})

test('an answer that comes later is asked for with longer and longer pauses, and then it is paid', async () => {
  await using shop = await ordersWith()
  heardFrom(shop, 5)
  const id = await bought(shop)
  const asks: number[] = []

  for (const ms of [999, 1, 1999, 1, 3999, 1]) {
    await sweepAfter(shop, ms)
    asks.push(shop.standIn.asked('assessOrder').length)
  }

  assert.deepEqual(asks, [2, 3, 3, 4, 4, 5])
  assert.deepEqual(await historyOf(shop, id), ['PENDING', isLate, goesOn, 'CONFIRMED'])
  assert.equal(shop.standIn.asked('capturePayment').length, 1)
})

for (const decision of ['REVIEW', 'REQUIRE_3DS']) {
  test(`what is found late to be ${decision} waits for a person, and is asked for no more`, async () => {
    await using shop = await ordersWith()
    heardFrom(shop, 3, decision)
    const id = await bought(shop)

    await sweepAfter(shop, 1000)
    await sweepAfter(shop, 3_600_000)
    const held = await historyOf(shop, id)
    const released = await deciding(shop, 'releaseHeldOrder', id)
    await untilState(shop, 'DONE')

    assert.deepEqual(held, ['PENDING', isLate, isLookedAt])
    assert.equal(shop.standIn.asked('assessOrder').length, 3)
    assert.equal(released, 'OrderMoved')
  })
}

test('what is found late to be refused is undone, as it would have been in time', async () => {
  await using shop = await ordersWith()
  heardFrom(shop, 3, 'REJECT')
  const id = await bought(shop)

  await sweepAfter(shop, 1000)

  assert.deepEqual(await historyOf(shop, id), ['PENDING', isLate, 'CANCELLED', 'REJECTED'])
  assert.deepEqual(shop.standIn.asked(...undos, 'capturePayment'), undos)
})

test('an answer that never comes is asked for ten times; then a person looks, for as long as ever', async () => {
  await using shop = await ordersWith()
  heardFrom(shop, Number.POSITIVE_INFINITY)
  const id = await bought(shop)

  for (let sweeps = 0; sweeps < 14; sweeps++) await sweepAfter(shop, 60_000)
  const held = await historyOf(shop, id)
  await sweepAfter(shop, 48 * 3_600_000 - 14 * 60_000 - 1)
  const before = await historyOf(shop, id)
  await sweepAfter(shop, 1)

  assert.deepEqual(held, ['PENDING', isLate, isLookedAt])
  assert.deepEqual(before, held)
  assert.equal(shop.standIn.asked('assessOrder').length, 1 + 10)
  assert.deepEqual(await historyOf(shop, id), [...held, 'CANCELLED', 'REJECTED'])
})

for (const [field, end] of [
  ['rejectHeldOrder', ['CANCELLED', 'REJECTED']],
  ['releaseHeldOrder', ['CONFIRMED']],
] as const) {
  test(`of ${field} and a late answer at once the person's word counts, and is done once`, async () => {
    await using shop = await ordersWith()
    heardFrom(shop, 3, field === 'rejectHeldOrder' ? 'ALLOW' : 'REJECT')
    const id = await bought(shop)
    let decided = ''
    using _ = atPoint('orders.judge.in', async () => {
      decided ||= await deciding(shop, field, id)
    })

    await sweepAfter(shop, 1000)
    await untilState(shop, field === 'rejectHeldOrder' ? 'UNDONE' : 'DONE')

    assert.equal(decided, 'OrderMoved')
    assert.deepEqual(await historyOf(shop, id), ['PENDING', isLate, ...end])
    const captures = shop.standIn.asked('capturePayment').length
    assert.equal(captures, field === 'rejectHeldOrder' ? 0 : 1)
  })
}

test('two who sweep at once, and a suspicion between, come to one end', async () => {
  await using shop = await ordersWith()
  heardFrom(shop, 3)
  const id = await bought(shop)
  await using another = await shop.another()
  const suspected = { orderId: id, assessmentId: newId(), score: 91 }
  using _ = atPoint('orders.judge.in', () =>
    hear(shop.subgraph, { name: 'fraud.fraud-suspected', data: suspected }),
  )
  shop.later(1000)

  await Promise.all([shop.sweep(), another.jobs[0]?.run({})])

  assert.deepEqual(await historyOf(shop, id), ['PENDING', isLate, goesOn, 'CONFIRMED'])
  assert.equal(shop.standIn.asked('capturePayment').length, 1)
})

for (const place of ['before', 'in', 'after']) {
  test(`a runner that dies at orders.judge.${place} leaves an order that is finished by another`, async () => {
    await using shop = await ordersWith()
    heardFrom(shop, 3)
    const id = await bought(shop)
    {
      using _ = atPoint(`orders.judge.${place}`, () => {
        throw new Error('as if the process had ended here')
      })
      await sweepAfter(shop, 1000)
    }

    await sweepAfter(shop, 20_001)

    assert.deepEqual(await historyOf(shop, id), ['PENDING', isLate, goesOn, 'CONFIRMED'])
    assert.equal(shop.standIn.asked('capturePayment').length, 1)
  })
}
