import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cartOf,
  foodClass,
  kitchen,
  mug,
  mugs,
  pricing,
  productOf,
  promotionsWith,
  saving,
  seller,
  standardShipping,
  tea,
} from './world.ts'

const method = {
  code: 'heavy',
  name: 'Heavy goods',
  minDays: 3,
  maxDays: 9,
  rates: [
    {
      countries: ['US'],
      regions: ['CA'],
      toGrams: 1000,
      price: { amountMinor: 900, currency: 'EUR' },
    },
    { countries: ['US'], fromGrams: 1000, price: { amountMinor: 3000, currency: 'EUR' } },
  ],
}

test('a way to ship is by country, region and weight, and where none fits it does not go', async () => {
  await using shop = await promotionsWith()
  const { data } = await shop.ask(
    saving(
      'createShippingMethod',
      method,
      'method { code rates { toGrams price { amountMinor } } }',
    ),
  )
  const public_ = await shop.ask({
    query: `{ to: shippingMethods(country: "US", region: "CA") { id code }
      home: shippingMethods(country: "DE") { code } all: shippingMethods { code } }`,
  })
  const [{ id }] = public_.data.to
  const priceOf = async (quantity: number, region: string | null) => {
    const cart = { ...cartOf(quantity), country: 'US', region, shippingMethodId: id }
    const answer = (await shop.ask(pricing(cart))).data.priceCart
    return answer.price?.shipping.amountMinor ?? answer.__typename
  }

  assert.deepEqual(data.createShippingMethod.method, {
    code: 'heavy',
    rates: [
      { toGrams: 1000, price: { amountMinor: 900 } },
      { toGrams: null, price: { amountMinor: 3000 } },
    ],
  })
  assert.deepEqual(public_.data.home, [{ code: 'standard' }, { code: 'express' }])
  assert.equal(public_.data.all.length, 3)
  assert.equal(await priceOf(1, 'CA'), 900)
  assert.equal(await priceOf(1, 'NY'), 'DestinationNotServed')
  assert.equal(await priceOf(3, 'NY'), 3000)
})

test('a way to ship that is ended can no longer be chosen', async () => {
  await using shop = await promotionsWith()
  const input = { shippingMethodId: standardShipping, expectedVersion: 1 }

  await shop.ask(saving('endShippingMethod', input, 'method { id }'))

  const { data } = await shop.ask(pricing(cartOf()))
  assert.deepEqual(data.priceCart, { __typename: 'DestinationNotServed', country: 'DE' })
})

const rates = [
  { country: 'DE', rateBps: 700 },
  { country: 'US', region: 'CA', rateBps: 725 },
]

test('a class taxes what lies below its categories, by country and region', async () => {
  await using shop = await promotionsWith()
  const input = { taxClassId: foodClass, expectedVersion: 1, name: 'Food', rates }
  await shop.ask(
    saving('updateTaxClass', { ...input, categoryIds: [kitchen] }, 'taxClass { version }'),
  )
  const lines = [mug, tea].map((variantId, n) => ({ id: `${n}`, variantId, quantity: 1 }))

  const { data } = await shop.ask(pricing({ ...cartOf(), lines }))

  const { price } = data.priceCart
  assert.deepEqual(
    price.lines.map(({ taxRateBps }: { taxRateBps: number }) => taxRateBps),
    [700, 1900],
  )
  assert.deepEqual(price.taxes, [
    { rateBps: 700, country: 'DE', region: null, amount: { amountMinor: 131 } },
    { rateBps: 1900, country: 'DE', region: null, amount: { amountMinor: 131 } },
  ])
})

test('a product is taxed by its own class before that of its category, and is in one alone', async () => {
  await using shop = await promotionsWith()
  const input = { code: 'books', name: 'Books', rates, productIds: [productOf(mug)] }
  await shop.ask(saving('createTaxClass', { ...input, categoryIds: [mugs] }, 'taxClass { id }'))
  const other = { ...input, code: 'other', categoryIds: [] }

  const { codes } = await shop.ask(saving('createTaxClass', other, 'taxClass { id }'))
  const { data } = await shop.ask(pricing(cartOf()))

  assert.deepEqual(codes, ['TAX_CLASS_TAKEN'])
  assert.equal(data.priceCart.price.lines[0].taxRateBps, 700)
  const classes = await shop.ask({ as: seller, query: '{ taxClasses { code } }' })
  assert.deepEqual(classes.data.taxClasses, [
    { code: 'standard' },
    { code: 'books' },
    { code: 'food' },
  ])
})

test('with prices without tax, tax comes on top, that of shipping too', async () => {
  await using shop = await promotionsWith()
  const input = { expectedVersion: 1, pricesIncludeTax: false, homeCountry: 'FR' }
  await shop.ask(saving('updatePriceSettings', input, 'settings { version }'))

  const { data } = await shop.ask(pricing(cartOf()))
  const home = await shop.ask(pricing({ ...cartOf(), country: null, shippingMethodId: null }))

  const { price } = data.priceCart
  assert.deepEqual(price.lines[0].total, { amountMinor: 1999 + 380 })
  assert.deepEqual(price.shipping, { amountMinor: 490 + 93 })
  assert.deepEqual(price.total, { amountMinor: 1999 + 490 + 473, currency: 'EUR' })
  assert.equal(home.data.priceCart.price.taxes[0].country, 'FR')
})
