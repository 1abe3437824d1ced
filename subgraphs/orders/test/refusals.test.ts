import assert from 'node:assert/strict'
import { test } from 'node:test'
import { adding, announced, cartOf, checkingOut, quoteFor, readyToBuy } from './shopping.ts'
import { away, priceOf } from './stand-in.ts'
import { ada, mug, ordersWith } from './world.ts'

const undos = ['returnHold', 'voidPayment', 'releasePrice', 'releaseHold']

test('sold out: nothing was done that needs undoing, and the cart is as it was', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('holdStock', () => ({
    holdStock: { __typename: 'StockShort', variants: [{ id: mug }] },
  }))

  const { data } = await shop.ask(await readyToBuy(shop, ada))

  assert.deepEqual(data.checkout, { __typename: 'OutOfStock', variants: [{ id: mug }] })
  assert.deepEqual(shop.standIn.asked(...undos), [])
  assert.deepEqual(await announced(shop), ['orders.order-placed', 'orders.order-cancelled'])
  assert.deepEqual((await shop.ask(cartOf(ada))).data.cart.checkout, null)
})

test('a price that has changed is told with a quote that can be bought by', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  shop.standIn.answers('takePrice', ({ input }) => {
    const price = priceOf(input.cart)
    return {
      takePrice: {
        __typename: 'PriceMoved',
        price: { ...price, total: { amountMinor: 2600, currency: 'EUR' } },
      },
    }
  })
  const { data } = await shop.ask(buying)
  const { quote } = data.checkout
  shop.standIn.usually('takePrice')
  const { data: bought } = await shop.ask(
    checkingOut(ada, {
      cartId: buying.variables.input.cartId,
      quote: { ...quote, total: { amountMinor: 2600, currency: 'EUR' } },
    }),
  )

  assert.deepEqual(data.checkout, {
    __typename: 'PriceChanged',
    quote: { id: quote.id, total: { amountMinor: 2600 } },
  })
  assert.deepEqual(shop.standIn.asked(...undos), ['releaseHold'])
  assert.equal(bought.checkout.__typename, 'CheckoutAccepted')
})

test('a declined card undoes stock and price, and the cart can be bought again', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('authorizePayment', () => ({
    authorizePayment: { __typename: 'PaymentRefused', code: 'insufficient_funds' },
  }))
  const buying = await readyToBuy(shop, ada)

  const { data } = await shop.ask(buying)
  shop.standIn.usually('authorizePayment')
  const again = await shop.ask(checkingOut(ada, await quoteFor(shop, ada)))

  assert.deepEqual(data.checkout, { __typename: 'PaymentDeclined', code: 'insufficient_funds' })
  assert.deepEqual(shop.standIn.asked(...undos), ['releasePrice', 'releaseHold'])
  assert.equal(again.data.checkout.order.status, 'CONFIRMED')
})

test('risk that says no reads as any other decline', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('assessOrder', () => ({ assessOrder: { decision: 'REJECT' } }))

  const { data } = await shop.ask(await readyToBuy(shop, ada))

  assert.deepEqual(data.checkout, { __typename: 'PaymentDeclined', code: 'card_declined' })
  assert.deepEqual(shop.standIn.asked('authorizePayment', ...undos), [
    'releasePrice',
    'releaseHold',
  ])
})

test('vouchers and destinations are refused with their reason', async () => {
  await using shop = await ordersWith()
  const refusals = [
    { __typename: 'VoucherRefused', code: 'SPRING', reason: 'USED_UP' },
    { __typename: 'DestinationNotServed', country: 'SE' },
    { __typename: 'VariantsNotSold', variantIds: [mug] },
  ]
  const answers = []
  await shop.ask(adding(ada))
  for (const takePrice of refusals) {
    shop.standIn.answers('takePrice', () => ({ takePrice }))
    answers.push(await shop.ask(checkingOut(ada, await quoteFor(shop, ada))))
  }

  assert.deepEqual(
    answers.map(({ data }) => data.checkout),
    [
      { __typename: 'VoucherNotUsable', code: 'SPRING', reason: 'USED_UP' },
      { __typename: 'AddressNotServed', country: 'SE' },
      { __typename: 'OutOfStock', variants: [{ id: mug }] },
    ],
  )
})

for (const operation of ['holdStock', 'takePrice', 'commitHold']) {
  test(`${operation} is away: all is undone, the cart is free, and the same key may be tried again`, async () => {
    await using shop = await ordersWith()
    const buying = await readyToBuy(shop, ada)
    shop.standIn.answers(operation, away)

    const first = await shop.ask(buying)
    const cart = await shop.ask(cartOf(ada))
    shop.standIn.usually(operation)
    const second = await shop.ask(buying)

    assert.deepEqual(first.codes, ['UNAVAILABLE'])
    assert.equal(cart.data.cart.checkout, null)
    assert.equal(second.data.checkout.order.status, 'CONFIRMED')
  })
}

test('who cannot undo now is asked again later; the cart is not kept for it', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  for (const operation of ['takePrice', 'releasePrice']) shop.standIn.answers(operation, away)

  const { codes } = await shop.ask(buying)
  const cart = await shop.ask(cartOf(ada))
  shop.standIn.usually('releasePrice')
  shop.later(5000)
  await shop.sweep()
  await shop.sweep()

  assert.deepEqual(codes, ['UNAVAILABLE'])
  assert.equal(cart.data.cart.checkout, null)
  assert.deepEqual(shop.standIn.asked(...undos), ['releasePrice', 'releaseHold', 'releasePrice'])
  const rows = await shop.database.run('select state, to_undo from checkouts')
  assert.deepEqual(rows, [{ state: 'UNDONE', to_undo: [] }])
})

test('an unknown payment is asked again by the same key, and settled', async () => {
  await using shop = await ordersWith()
  const buying = await readyToBuy(shop, ada)
  shop.standIn.answers('authorizePayment', away)
  const asking = shop.ask(buying)
  while (shop.standIn.asked('authorizePayment').length === 0) await new Promise(setImmediate)
  shop.standIn.usually('authorizePayment')
  while ((await shop.database.run('select from checkouts where tries > 0')).length === 0);
  shop.later(5000)
  await shop.sweep()

  const { data } = await asking

  assert.equal(data.checkout.order.status, 'CONFIRMED')
  const keys = shop.standIn.said
    .filter(({ operation }) => operation === 'authorizePayment')
    .map(({ variables }) => variables.input.idempotencyKey)
  assert.deepEqual(keys, [keys[0], keys[0]])
})

test('a quote that is over, or of another version of the cart, is not bought by', async () => {
  await using shop = await ordersWith()
  const [old, edited] = [await readyToBuy(shop, ada), await readyToBuy(shop, ada)]

  const stale = await shop.ask(old)
  shop.later(31 * 60_000)
  const late = await shop.ask(edited)

  assert.equal(stale.data.checkout.__typename, 'CartChanged')
  assert.equal(late.data.checkout.__typename, 'CartChanged')
})
