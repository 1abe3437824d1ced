import assert from 'node:assert/strict'
import { test } from 'node:test'
import { announced, cartOf, orderOf, readyToBuy } from './shopping.ts'
import { ada, ordersWith } from './world.ts'

test('a checkout asks each step once, in order, and the order is paid', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  const before = shop.standIn.said.length

  const { data, codes } = await shop.ask(buying)

  assert.deepEqual(codes, [])
  const { order } = data.checkout
  assert.deepEqual(data.checkout, {
    __typename: 'CheckoutAccepted',
    order: {
      id: order.id,
      number: order.number,
      status: 'CONFIRMED',
      total: { amountMinor: 2500, currency: 'EUR' },
      cancelReason: null,
    },
    nextAction: null,
  })
  assert.deepEqual(shop.standIn.asked().slice(before), [
    'holdStock',
    'takePrice',
    'assessOrder',
    'authorizePayment',
    'commitHold',
    'capturePayment',
  ])
  assert.deepEqual(await announced(shop), ['orders.order-placed', 'orders.order-paid'])
  const cart = await shop.ask(cartOf(ada))
  assert.equal(cart.data.cart, null)
  const read = await shop.ask(orderOf(ada, order.id))
  assert.deepEqual(read.data.order.timeline, [
    { status: 'PENDING', by: 'SHOPPER' },
    { status: 'CONFIRMED', by: 'SHOP' },
  ])
})
