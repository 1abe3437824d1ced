import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chanceOf } from '@shop/doubles/stripe'
import { capturedEnd, interleave, ordersOf, rightEnd, runOrder } from './webhook-orders.ts'
import { paymentsWith } from './world.ts'

test('in whatever order six webhooks come, one lost and one twice, the end is the same', async () => {
  await using shop = await paymentsWith()
  const orders = ordersOf(6)
  assert.equal(new Set(orders.map(String)).size, 720)

  for (const [index, order] of orders.entries().filter(([at]) => at % 60 === 0)) {
    const shuffled = { order, dropped: (index / 60) % 6, repeated: (index / 60 + 1) % 6 }
    assert.deepEqual(await runOrder(shop, shuffled), rightEnd, JSON.stringify(shuffled))
  }
})

test('the client, the return page and the webhook between each other: one capture', async () => {
  await using shop = await paymentsWith()
  const chance = chanceOf(11)

  for (let run = 0; run < 20; run += 1) {
    assert.deepEqual(await interleave(shop, chance), capturedEnd)
  }
})
