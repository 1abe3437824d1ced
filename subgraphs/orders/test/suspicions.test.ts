import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { hear } from '@shop/kit/testing'
import { readyToBuy, untilState } from './shopping.ts'
import { ada, ordersWith, staffWith, type World } from './world.ts'

const staff = staffWith('orders:read', 'orders:write', 'fraud:write')

/** What others tell of the order of `placed`, or of the one that is just being made. */
async function told(shop: World, name: string, orderId: string): Promise<void> {
  const rest = { assessmentId: newId(), score: 91, disputeId: newId(), reason: 'fraudulent' }
  await hear(shop.subgraph, { name, data: { orderId, ...rest } })
}

const whileAuthorizing = (shop: World, name: string) =>
  shop.standIn.answers('authorizePayment', async ({ input }) => {
    await told(shop, name, input.orderId)
    return { authorizePayment: { __typename: 'PaymentAuthorized' } }
  })

async function bought(shop: World) {
  const { data } = await shop.ask(await readyToBuy(shop, ada))
  return data.checkout.order
}

async function seen({ ask }: World, id: string) {
  const query = 'query ($id: ID!) { order(id: $id) { status cancelReason withheldAt } }'
  const { data } = await ask({ as: staff, query, variables: { id } })
  return data.order
}

const acting = ({ ask }: World, field: string, orderId: string) => {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
  const input = { idempotencyKey: newId(), orderId }
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`
  return ask({ as: staff, query, variables: { input } }).then(({ data }) => data[field].__typename)
}

test('a suspicion that comes before the money is taken holds the order for staff, told twice or once', async () => {
  await using shop = await ordersWith()
  whileAuthorizing(shop, 'fraud.fraud-suspected')

  const order = await bought(shop)
  await told(shop, 'fraud.fraud-suspected', order.id)
  const held = await seen(shop, order.id)
  const released = await acting(shop, 'releaseHeldOrder', order.id)
  await untilState(shop, 'DONE')
  await told(shop, 'fraud.fraud-suspected', order.id)

  assert.deepEqual(held, { status: 'ON_HOLD', cancelReason: null, withheldAt: null })
  assert.equal(released, 'OrderMoved')
  // Somebody has looked at it: what comes after says nothing new.
  const confirmed = { status: 'CONFIRMED', cancelReason: null, withheldAt: null }
  assert.deepEqual(await seen(shop, order.id), confirmed)
})

test('fraud that is confirmed while the order is being made ends it, and nothing is captured', async () => {
  await using shop = await ordersWith()
  whileAuthorizing(shop, 'fraud.fraud-confirmed')

  const order = await bought(shop)

  const { status, cancelReason } = await seen(shop, order.id)
  assert.deepEqual([status, cancelReason], ['CANCELLED', 'REJECTED'])
  assert.deepEqual(shop.standIn.asked('capturePayment', 'voidPayment'), ['voidPayment'])
})

for (const name of ['fraud.fraud-suspected', 'fraud.fraud-confirmed', 'payments.dispute-opened']) {
  test(`after ${name} what is paid stays in the house until staff let it go, and the money stays`, async () => {
    await using shop = await ordersWith()
    const order = await bought(shop)

    await told(shop, name, order.id)
    const withheld = await seen(shop, order.id)
    const kept = await acting(shop, 'createFulfillment', order.id)
    const released = await acting(shop, 'releaseHeldOrder', order.id)
    const again = await acting(shop, 'releaseHeldOrder', order.id)
    const sent = await acting(shop, 'createFulfillment', order.id)

    assert.deepEqual([withheld.status, typeof withheld.withheldAt], ['CONFIRMED', 'string'])
    assert.deepEqual([kept, released, again], ['NotToBeShipped', 'OrderMoved', 'OrderNotMoved'])
    assert.equal(sent, 'FulfillmentCreated')
    assert.deepEqual(shop.standIn.asked('voidPayment'), [])
  })
}

test('what has left the house is not kept back', async () => {
  await using shop = await ordersWith()
  const order = await bought(shop)
  await acting(shop, 'createFulfillment', order.id)

  await told(shop, 'payments.dispute-opened', order.id)

  const shipped = { status: 'SHIPPED', cancelReason: null, withheldAt: null }
  assert.deepEqual(await seen(shop, order.id), shipped)
})
