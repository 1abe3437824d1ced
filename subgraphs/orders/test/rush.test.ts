import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '@shop/kit/deadline'
import { cartOf, readyToBuy } from './shopping.ts'
import { ada, ben, ordersWith } from './world.ts'

/** One at the till, whose stock is being looked for until `free` is called. */
async function oneAtTheTill() {
  const shop = await ordersWith(undefined, { checkoutsAtOnce: 1 })
  const [first, second] = [await readyToBuy(shop, ada), await readyToBuy(shop, ben)]
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  shop.standIn.answers('holdStock', async () => {
    begun.resolve()
    await gate.promise
    return { holdStock: { __typename: 'StockHeld', hold: null } }
  })
  const bought = shop.ask(first)
  await begun.promise
  return { shop, second, bought, free: gate.resolve }
}

test('who comes while the tills are full waits, and is served when one is free', async () => {
  const { shop, second, bought, free } = await oneAtTheTill()
  await using _ = shop

  const waiting = shop.ask(second)
  const meanwhile = await shop.ask(cartOf(ben))
  free()
  const answers = [await bought, await waiting]

  assert.equal(meanwhile.data.cart.checkout, null)
  assert.deepEqual(
    answers.map(({ data }) => data.checkout.order.status),
    ['CONFIRMED', 'CONFIRMED'],
  )
})

test('who waits in vain is told to come again, with nothing done, and is served by the same key', async () => {
  const { shop, second, bought, free } = await oneAtTheTill()
  await using _ = shop

  const { codes } = await until(Date.now() + 1500, () => shop.ask(second))
  const { data } = await shop.ask(cartOf(ben))
  free()
  await bought
  const again = await shop.ask(second)

  assert.deepEqual(codes, ['UNAVAILABLE'])
  assert.equal(data.cart.checkout, null)
  assert.deepEqual(shop.standIn.asked('holdStock').length, 2)
  assert.equal(again.data.checkout.order.status, 'CONFIRMED')
})
