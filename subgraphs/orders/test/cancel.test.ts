import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { atPoint } from '@shop/kit/points'
import { hear } from '@shop/kit/testing'
import { announced, orderOf, readyToBuy, untilState } from './shopping.ts'
import { ada, ben, guest, ordersWith, staffWith, type World } from './world.ts'

const undos = ['returnHold', 'voidPayment', 'releasePrice', 'releaseHold']

const cancelling = (as: Parameters<typeof orderOf>[0], orderId: string) => ({
  as,
  variables: { input: { idempotencyKey: newId(), orderId } },
  query: `mutation ($input: CancelOrderInput!) {
    cancelOrder(input: $input) {
      __typename
      ... on OrderCancelled { order { id } }
      ... on OrderNotCancellable { order { status } }
    }
  }`,
})

const shipping = (orderId: string, lines: object[] = []) => ({
  as: staffWith('orders:read', 'orders:write'),
  variables: { input: { idempotencyKey: newId(), orderId, lines, carrier: 'Post' } },
  query: `mutation ($input: CreateFulfillmentInput!) {
    createFulfillment(input: $input) { __typename }
  }`,
})

const bought = async (shop: World) => {
  const { data } = await shop.ask(await readyToBuy(shop, ada))
  return data.checkout.order.id as string
}

const onlyOrder = async ({ database }: World) =>
  (await database.run('select id from orders'))[0]?.id as string

for (const step of ['hold', 'price', 'risk', 'authorize', 'commit']) {
  for (const place of ['before', 'in']) {
    test(`a cancel at orders.${step}.${place} is obeyed before the money is taken`, async () => {
      await using shop = await ordersWith()
      const buying = await readyToBuy(shop, ada)
      using _ = atPoint(`orders.${step}.${place}`, async () => {
        await shop.ask(cancelling(ada, await onlyOrder(shop)))
      })

      const { data } = await shop.ask(buying)

      assert.equal(data.checkout.order.status, 'CANCELLED')
      assert.equal(data.checkout.order.cancelReason, 'BY_SHOPPER')
      assert.deepEqual(shop.standIn.asked('capturePayment'), [])
      assert.deepEqual(await announced(shop), ['orders.order-placed', 'orders.order-cancelled'])
    })
  }
}

for (const place of ['before', 'in']) {
  test(`a cancel at orders.capture.${place} has the money given back`, async () => {
    await using shop = await ordersWith()
    const buying = await readyToBuy(shop, ada)
    using _ = atPoint(`orders.capture.${place}`, async () => {
      await shop.ask(cancelling(ada, await onlyOrder(shop)))
    })

    const { data } = await shop.ask(buying)

    assert.equal(data.checkout.order.status, 'CANCELLED')
    assert.deepEqual(shop.standIn.asked('capturePayment', ...undos), ['capturePayment', ...undos])
  })
}

test('a paid order is cancelled at once, and what it took goes back after it', async () => {
  await using shop = await ordersWith()
  const id = await bought(shop)

  const { data } = await shop.ask(cancelling(ada, id))
  await untilState(shop, 'UNDONE')
  const again = await shop.ask(cancelling(ada, id))
  await hear(shop.subgraph, {
    name: 'payments.refund-settled',
    data: { orderId: id, refundedMinor: 2500, capturedMinor: 2500 },
  })

  assert.equal(data.cancelOrder.__typename, 'OrderCancelled')
  assert.deepEqual(again.data.cancelOrder, {
    __typename: 'OrderNotCancellable',
    order: { status: 'CANCELLED' },
  })
  assert.deepEqual(shop.standIn.asked(...undos), undos)
  assert.deepEqual(await shop.database.run('select status, refunded_minor from orders'), [
    { status: 'CANCELLED', refunded_minor: 2500 },
  ])
})

test('an order is cancelled by its owner or by staff who may, and to others it is not there', async () => {
  await using shop = await ordersWith()
  const id = await bought(shop)

  const strangers = [ben, guest, staffWith('orders:read')]
  const refused = await Promise.all(strangers.map((as) => shop.ask(cancelling(as, id))))
  const { data } = await shop.ask(cancelling(staffWith('orders:read', 'orders:write'), id))

  assert.deepEqual(
    refused.map(({ codes }) => codes),
    [['NOT_FOUND'], ['NOT_FOUND'], ['NOT_FOUND']],
  )
  assert.equal(data.cancelOrder.__typename, 'OrderCancelled')
})

test('a cancel and a parcel at once: one of them wins', async () => {
  await using shop = await ordersWith({ at: 'select from checkouts', of: 2 })
  const id = await bought(shop)

  const [cancelled, shipped] = await Promise.all([
    shop.ask(cancelling(ada, id)),
    shop.ask(shipping(id)),
  ])

  const outcomes = [
    cancelled.data.cancelOrder.__typename,
    shipped.data.createFulfillment.__typename,
  ].join()
  assert.ok(
    ['OrderCancelled,NotToBeShipped', 'OrderNotCancellable,FulfillmentCreated'].includes(outcomes),
    outcomes,
  )
})

test('a refund while it is shipped is added up once, whichever comes first', async () => {
  await using shop = await ordersWith()
  const id = await bought(shop)
  const event = {
    id: newId(),
    name: 'payments.refund-settled',
    data: { orderId: id, refundedMinor: 500, capturedMinor: 2500 },
  }

  await Promise.all([hear(shop.subgraph, event), shop.ask(shipping(id))])
  await hear(shop.subgraph, { ...event, id: newId() })

  const [row] = await shop.database.run('select refunded_minor, shipped_at from orders')
  assert.equal(row?.refunded_minor, 500)
  assert.ok(row?.shipped_at)
  const { data } = await shop.ask(orderOf(ada, id))
  assert.deepEqual(data.order.availableTransitions, ['DELIVERED'])
})
