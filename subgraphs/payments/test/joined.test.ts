import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userNamed } from '@shop/kit/identity'
import { hear } from '@shop/kit/testing'
import { ada, authorizing, ben, orderId, paymentIn, paymentsWith } from './world.ts'

test('what a guest paid follows the order to its shopper, and stays with the first', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  await shop.database.run(`update payments set owner = 'guest:gus'`)
  const joined = (customerId: string) =>
    hear(shop.subgraph, {
      ...{ name: 'orders.order-joined', aggregateId: orderId },
      data: { customerId },
    })
  const seen = async (userId: string) => (await paymentIn(shop, userNamed(userId)))?.state ?? null
  const before = [await seen(ada), await seen(ben)]

  await joined(ada)
  await joined(ben)

  assert.deepEqual(before, [null, null])
  assert.deepEqual([await seen(ada), await seen(ben)], ['AUTHORIZED', null])
})
