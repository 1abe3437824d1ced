import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chanceOf } from '@shop/doubles/stripe'
import {
  capturedEnd,
  different,
  interleave,
  ordersOf,
  rightEnd,
  runOrders,
} from './webhook-orders.ts'
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

test('of 35,280 cases 9,360 tell something else, and each of the others tells what one of these does', () => {
  const places = [-1, 0, 1, 2, 3, 4, 5]
  const all = ordersOf(6).flatMap((order) =>
    places.flatMap((dropped) => places.map((repeated) => ({ order, dropped, repeated }))),
  )
  const told = ({ order, dropped, repeated }: Parameters<typeof different>[0][number]) =>
    order
      .flatMap((place) => (place === repeated ? [place, place] : [place]))
      .filter((place) => place !== dropped)
      .join()

  const some = different(all)

  assert.deepEqual([all.length, some.length], [35_280, 9360])
  assert.deepEqual(new Set(some.map(told)), new Set(all.map(told)))
})
