import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chanceOf } from '@shop/doubles/stripe'
import { capturedEnd, interleave, ordersOf, rightEnd, runOrders } from './webhook-orders.ts'
import { paymentsWith } from './world.ts'

test('in whatever order six webhooks come, one lost and one twice, the end is the same', async () => {
  await using shop = await paymentsWith()
  const orders = ordersOf(6)
  assert.equal(new Set(orders.map(String)).size, 720)
  const shuffled = orders
    .filter((_, index) => index % 60 === 0)
    .map((order, at) => ({ order, dropped: at % 6, repeated: (at + 1) % 6 }))

  const ends = await runOrders(shop, shuffled)

  for (const [at, end] of ends.entries()) {
    assert.deepEqual(end, rightEnd, JSON.stringify(shuffled[at]))
  }
})

test('the client, the return page and the webhook between each other: one capture', async () => {
  await using shop = await paymentsWith()
  const chance = chanceOf(11)

  for (let run = 0; run < 20; run += 1) {
    assert.deepEqual(await interleave(shop, chance), capturedEnd)
  }
})
