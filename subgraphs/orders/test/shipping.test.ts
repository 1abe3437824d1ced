import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { bought } from './shopping.ts'
import { ada, ordersWith, staffWith } from './world.ts'

test('a parcel of a part, then of the rest; more than is left is not shipped', async () => {
  await using shop = await ordersWith()
  const { id } = await bought(shop, ada)
  const staff = staffWith('orders:read', 'orders:write')
  const { data } = await shop.ask({
    as: ada,
    variables: { id },
    query: 'query ($id: ID!) { order(id: $id) { items { id } } }',
  })
  const itemId = data.order.items[0].id
  const shipping = (lines: object[], trackingUrl = 'https://post.example/1') => ({
    as: staff,
    variables: { input: { idempotencyKey: newId(), orderId: id, lines, trackingUrl } },
    query: `mutation ($input: CreateFulfillmentInput!) { createFulfillment(input: $input) {
      __typename
      ... on FulfillmentCreated { order { status } fulfillment {
        trackingUrl carrier shippedAt items { quantity item { sku } }
      } }
    } }`,
  })

  const badUrl = await shop.ask(shipping([], 'javascript:alert(1)'))
  const tooMany = await shop.ask(shipping([{ itemId, quantity: 3 }]))
  const part = await shop.ask(shipping([{ itemId, quantity: 1 }]))
  const rest = await shop.ask(shipping([]))
  const nothing = await shop.ask(shipping([]))

  assert.deepEqual(badUrl.codes, ['BAD_USER_INPUT'])
  assert.equal(tooMany.data.createFulfillment.__typename, 'NotToBeShipped')
  assert.deepEqual(part.data.createFulfillment, {
    __typename: 'FulfillmentCreated',
    order: { status: 'SHIPPED' },
    fulfillment: {
      trackingUrl: 'https://post.example/1',
      carrier: null,
      shippedAt: '2026-03-01T12:00:00.000Z',
      items: [{ quantity: 1, item: { sku: 'SKU-01' } }],
    },
  })
  assert.equal(rest.data.createFulfillment.__typename, 'FulfillmentCreated')
  assert.equal(nothing.data.createFulfillment.__typename, 'NotToBeShipped')
})

test('staff move an order by hand where it may go, on the version that they saw', async () => {
  await using shop = await ordersWith()
  const { id } = await bought(shop, ada)
  const moving = (status: string, expectedVersion: number | null = null) => ({
    as: staffWith('orders:read', 'orders:write'),
    variables: { input: { idempotencyKey: newId(), orderId: id, status, expectedVersion } },
    query: `mutation ($input: UpdateOrderStatusInput!) { updateOrderStatus(input: $input) {
      __typename
      ... on OrderMoved { order { status version } }
      ... on OrderNotMoved { order { status } }
    } }`,
  })

  const stale = await shop.ask(moving('PROCESSING', 1))
  const moved = await shop.ask(moving('PROCESSING', 2))
  const tooEarly = await shop.ask(moving('DELIVERED'))
  const byHand = await shop.ask(moving('REFUNDED'))

  assert.deepEqual(stale.codes, ['STALE_VERSION'])
  assert.deepEqual(moved.data.updateOrderStatus.order, { status: 'PROCESSING', version: 3 })
  assert.deepEqual(tooEarly.data.updateOrderStatus, {
    __typename: 'OrderNotMoved',
    order: { status: 'PROCESSING' },
  })
  assert.deepEqual(byHand.codes, ['BAD_USER_INPUT'])
})
