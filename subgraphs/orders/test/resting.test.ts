import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { hear } from '@shop/kit/testing'
import {
  adding,
  announced,
  cartOf,
  orderOf,
  readyToBuy,
  toldOfEnd,
  untilState,
} from './shopping.ts'
import { ada, mug, ordersWith, staffWith, type World } from './world.ts'

const undos = ['returnHold', 'voidPayment', 'releasePrice', 'releaseHold']

const bankAsks = (shop: World) =>
  shop.standIn.answers('authorizePayment', () => ({
    authorizePayment: { __typename: 'PaymentActionRequired' },
  }))

const bankSays = (shop: World, state: string) =>
  shop.standIn.answers('orderPayment', () => ({
    orderPayment: { state, clientSecret: 'secret', redirectUrl: null },
  }))

/** What payments tells of an order. */
const told = (shop: World, name: string, orderId: string): Promise<void> =>
  hear(shop.subgraph, { name: `payments.${name}`, data: { orderId, attemptId: newId() } })

const waiting = async (shop: World) => {
  bankAsks(shop)
  const { data } = await shop.ask(await readyToBuy(shop, ada))
  return data.checkout
}

const statusOf = async (shop: World, id: string) => {
  const { data } = await shop.ask(orderOf(ada, id))
  return [data.order.status, data.order.cancelReason]
}

test('the bank asks the shopper: the order waits, and the client is told how to go on', async () => {
  await using shop = await ordersWith()

  const { order, nextAction } = await waiting(shop)

  assert.equal(order.status, 'AWAITING_PAYMENT')
  assert.deepEqual(nextAction, { kind: 'CONFIRM_PAYMENT', clientSecret: 'secret' })
})

test('the bank says yes: the order is paid, and a second telling finds it done', async () => {
  await using shop = await ordersWith()
  const { order } = await waiting(shop)
  bankSays(shop, 'AUTHORIZED')

  await told(shop, 'payment-authorized', order.id)
  await untilState(shop, 'DONE')
  await told(shop, 'payment-captured', order.id)
  await untilState(shop, 'DONE')

  assert.deepEqual(await statusOf(shop, order.id), ['CONFIRMED', null])
  assert.equal(shop.standIn.asked('capturePayment').length, 1)
})

test('the bank had answered before anybody rested for it: nothing is waited for', async () => {
  await using shop = await ordersWith()
  bankSays(shop, 'AUTHORIZED')

  const { order } = await waiting(shop)

  assert.equal(order.status, 'CONFIRMED')
})

test('the bank says no: the order is cancelled and the cart is free', async () => {
  await using shop = await ordersWith()
  const { order } = await waiting(shop)
  bankSays(shop, 'FAILED')

  await told(shop, 'payment-failed', order.id)
  await untilState(shop, 'UNDONE')

  assert.deepEqual(await statusOf(shop, order.id), ['CANCELLED', 'DECLINED'])
  assert.deepEqual((await shop.ask(cartOf(ada))).data.cart.checkout, null)
})

test('an event of a payment that is still asked about changes nothing', async () => {
  await using shop = await ordersWith()
  const { order } = await waiting(shop)

  await told(shop, 'payment-authorized', order.id)
  await untilState(shop, 'RESTING')

  assert.deepEqual(await statusOf(shop, order.id), ['AWAITING_PAYMENT', null])
})

test('a bank that never answers: the hold is extended once, then the intent goes before the stock', async () => {
  await using shop = await ordersWith()
  const { order } = await waiting(shop)

  shop.later(28 * 60_000 - 1)
  await shop.sweep()
  const early = shop.standIn.asked('extendHold')
  shop.later(1)
  await shop.sweep()
  const extended = shop.standIn.asked('extendHold')
  shop.later(30 * 60_000)
  await shop.sweep()

  assert.deepEqual([early.length, extended.length], [0, 1])
  assert.deepEqual(shop.standIn.asked(...undos), ['voidPayment', 'releasePrice', 'releaseHold'])
  assert.deepEqual(await statusOf(shop, order.id), ['CANCELLED', 'EXPIRED'])
})

test('who was given an order to wait for hears of its end by mail, unless the end was theirs', async () => {
  const ends: Record<string, (shop: World, orderId: string) => Promise<unknown>> = {
    EXPIRED: (shop, reference) =>
      hear(shop.subgraph, { name: 'inventory.hold-expired', data: { reference } }),
    DECLINED(shop, orderId) {
      bankSays(shop, 'FAILED')
      return told(shop, 'payment-failed', orderId)
    },
    BY_SHOPPER: (shop, orderId) =>
      shop.ask({
        as: ada,
        variables: { input: { idempotencyKey: 'mine', orderId } },
        query: `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename } }`,
      }),
  }

  for (const [reason, end] of Object.entries(ends)) {
    await using shop = await ordersWith()
    const { order } = await waiting(shop)
    await end(shop, order.id)
    await untilState(shop, 'UNDONE')

    const isMailed = reason !== 'BY_SHOPPER'
    assert.deepEqual(await toldOfEnd(shop, order.id), { reason, isKnown: true, isMailed })
  }
})

test('stock whose time inventory saw run out first is given up', async () => {
  await using shop = await ordersWith()
  const { order } = await waiting(shop)

  await hear(shop.subgraph, { name: 'inventory.hold-expired', data: { reference: order.id } })
  await untilState(shop, 'UNDONE')
  await hear(shop.subgraph, { name: 'inventory.hold-expired', data: { reference: null } })

  assert.deepEqual(await statusOf(shop, order.id), ['CANCELLED', 'EXPIRED'])
})

test('a commit that finds the hold gone gives the money back', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('commitHold', () => ({ commitHold: { __typename: 'HoldGone' } }))

  const { data } = await shop.ask(await readyToBuy(shop, ada))

  assert.deepEqual(data.checkout, { __typename: 'OutOfStock', variants: [{ id: mug }] })
  assert.deepEqual(shop.standIn.asked(...undos), ['voidPayment', 'releasePrice', 'releaseHold'])
})

const held = async (shop: World) => {
  shop.standIn.answers('assessOrder', () => ({ assessOrder: { decision: 'REVIEW' } }))
  const { data } = await shop.ask(await readyToBuy(shop, ada))
  return data.checkout.order
}

const deciding = (field: string, orderId: string) => ({
  as: staffWith('fraud:write'),
  variables: { input: { idempotencyKey: newId(), orderId } },
  query: `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) {
    ${field}(input: $input) { __typename }
  }`,
})

test('held for review: stock is committed, and nothing captured until staff release it', async () => {
  await using shop = await ordersWith()
  const order = await held(shop)
  const before = shop.standIn.asked('commitHold', 'capturePayment')

  const { data } = await shop.ask(deciding('releaseHeldOrder', order.id))
  await untilState(shop, 'DONE')
  const again = await shop.ask(deciding('rejectHeldOrder', order.id))

  assert.equal(order.status, 'ON_HOLD')
  assert.deepEqual(before, ['commitHold'])
  assert.equal(data.releaseHeldOrder.__typename, 'OrderMoved')
  assert.equal(again.data.rejectHeldOrder.__typename, 'OrderNotMoved')
  assert.deepEqual(await statusOf(shop, order.id), ['CONFIRMED', null])
})

test('rejected by fraud’s own staff: everything goes back', async () => {
  await using shop = await ordersWith()
  const order = await held(shop)
  const data = { orderId: order.id, decision: 'REJECT' }

  await hear(shop.subgraph, { name: 'fraud.review-decided', data })
  await untilState(shop, 'UNDONE')
  await hear(shop.subgraph, {
    name: 'fraud.review-decided',
    data: { ...data, decision: 'RELEASE' },
  })

  assert.deepEqual(shop.standIn.asked(...undos), [
    'returnHold',
    'voidPayment',
    'releasePrice',
    'releaseHold',
  ])
  assert.deepEqual(await statusOf(shop, order.id), ['CANCELLED', 'REJECTED'])
  assert.deepEqual(await announced(shop), ['orders.order-placed', 'orders.order-cancelled'])
})

test('what nobody looked at for two days is rejected by itself', async () => {
  await using shop = await ordersWith()
  const order = await held(shop)

  shop.later(48 * 3_600_000 - 1)
  await shop.sweep()
  const before = await statusOf(shop, order.id)
  shop.later(1)
  await shop.sweep()

  assert.deepEqual(before, ['ON_HOLD', null])
  assert.deepEqual(await statusOf(shop, order.id), ['CANCELLED', 'REJECTED'])
})

test('risk that is late: a small order goes on, a large one is looked at', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('assessOrder', () => new Promise(() => {}))

  const small = await shop.ask(await readyToBuy(shop, ada))
  await shop.ask(adding(ada, { quantity: 30 }))
  const large = await shop.ask(await readyToBuy(shop, ada))

  assert.equal(small.data.checkout.order.status, 'CONFIRMED')
  assert.equal(large.data.checkout.order.status, 'ON_HOLD')
})

test('risk that wants the bank to ask has payments demand it', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('assessOrder', () => ({ assessOrder: { decision: 'REQUIRE_3DS' } }))

  await shop.ask(await readyToBuy(shop, ada))

  const asked = shop.standIn.said.find(({ operation }) => operation === 'authorizePayment')
  assert.equal(asked?.variables.input.requireThreeDSecure, true)
})
