import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nobody, serviceNamed, userNamed } from '@shop/kit/identity'
import {
  cartOf,
  kitchen,
  mug,
  pricing,
  promotionsWith,
  standardShipping,
  tea,
  tenthOff,
  voucher,
} from './world.ts'

test('a cart costs its list prices and its shipping, and every cent is explained', async () => {
  await using shop = await promotionsWith()

  const { data } = await shop.ask(pricing(cartOf(2)))

  assert.deepEqual(data.priceCart, {
    __typename: 'CartPriced',
    price: {
      lines: [
        {
          id: 'a',
          quantity: 2,
          subtotal: { amountMinor: 3998 },
          discount: { amountMinor: 0 },
          tax: { amountMinor: 639 },
          total: { amountMinor: 3998 },
          taxRateBps: 1900,
        },
      ],
      subtotal: { amountMinor: 3998 },
      discount: { amountMinor: 0 },
      shipping: { amountMinor: 490 },
      tax: { amountMinor: 717 },
      total: { amountMinor: 4488, currency: 'EUR' },
      shippingMethodId: standardShipping,
      discounts: [],
      taxes: [{ rateBps: 1900, country: 'DE', region: null, amount: { amountMinor: 717 } }],
      explain: [
        { kind: 'LIST', label: '2 × list price', lineId: 'a', amount: { amountMinor: 3998 } },
        { kind: 'TAX_INCLUDED', label: '19 % tax, DE', lineId: 'a', amount: { amountMinor: 0 } },
        { kind: 'SHIPPING', label: 'Standard', lineId: null, amount: { amountMinor: 490 } },
        { kind: 'TAX_INCLUDED', label: '19 % tax, DE', lineId: null, amount: { amountMinor: 0 } },
      ],
    },
  })
})

test('a promotion on a category takes off what lies below it, and nothing else', async () => {
  await using shop = await promotionsWith()
  await tenthOff(shop, { categoryIds: [kitchen] })
  const lines = [
    { id: 'a', variantId: mug, quantity: 1 },
    { id: 'b', variantId: tea, quantity: 3 },
  ]

  const { data } = await shop.ask(pricing({ ...cartOf(), lines }))

  const { price } = data.priceCart
  assert.deepEqual(
    price.lines.map(({ id, discount }: { id: string; discount: object }) => [id, discount]),
    [
      ['a', { amountMinor: 200 }],
      ['b', { amountMinor: 0 }],
    ],
  )
  assert.deepEqual(price.discounts, [
    { name: 'A tenth off', voucherCode: null, amount: { amountMinor: 200 } },
  ])
  assert.deepEqual(price.total, { amountMinor: 1799 + 999 + 490, currency: 'EUR' })
})

test('each promotion takes from what those before it left; an exclusive one stands alone', async () => {
  await using shop = await promotionsWith()
  await tenthOff(shop, { priority: 1 })
  await tenthOff(shop, { priority: 2, name: 'Half off', percentOffBps: 5000 })
  await tenthOff(shop, { priority: 3, name: 'Alone', percentOffBps: 9000, stacking: 'EXCLUSIVE' })

  const { data } = await shop.ask(pricing(cartOf()))

  assert.deepEqual(data.priceCart.price.discounts, [
    { name: 'A tenth off', voucherCode: null, amount: { amountMinor: 200 } },
    { name: 'Half off', voucherCode: null, amount: { amountMinor: 900 } },
  ])
})

test('without a destination there is no shipping, and a voucher for it may wait', async () => {
  await using shop = await promotionsWith()
  const free = { name: 'Sent free', kind: 'FREE_SHIPPING', percentOffBps: null, needsVoucher: true }
  await voucher(shop, await tenthOff(shop, free), { code: 'SHIPFREE' })
  const cart = { ...cartOf(), voucherCodes: [' ship free '] }

  const before = await shop.ask(pricing({ ...cart, country: null, shippingMethodId: null }))
  const after = await shop.ask(pricing(cart))

  assert.deepEqual(before.data.priceCart.price.total, { amountMinor: 1999, currency: 'EUR' })
  assert.deepEqual(before.data.priceCart.price.discounts, [])
  assert.deepEqual(after.data.priceCart.price.total, { amountMinor: 1999, currency: 'EUR' })
  assert.deepEqual(after.data.priceCart.price.discounts, [
    { name: 'Sent free', voucherCode: 'SHIPFREE', amount: { amountMinor: 490 } },
  ])
})

test('a refusal names what it refuses', async () => {
  await using shop = await promotionsWith()
  const id = await tenthOff(shop, { needsVoucher: true, minQuantity: 3 })
  await voucher(shop, id, { code: 'THREE' })
  await voucher(shop, id, { code: 'OVER', endsAt: '2026-03-01T11:00:00Z' })
  const later = { name: 'Later', needsVoucher: true, startsAt: '2026-04-01T00:00:00Z' }
  await voucher(shop, await tenthOff(shop, later), { code: 'LATER' })
  const kindOf = async (cart: object) => (await shop.ask(pricing(cart))).data.priceCart
  const withCode = (code: string) => kindOf({ ...cartOf(), voucherCodes: [code] })
  const refused = (code: string, reason: string) => ({ __typename: 'VoucherRefused', code, reason })
  const nothing = '019a3c1e-7f00-7000-8000-00000000dead'

  assert.deepEqual(await withCode('nobody'), refused('NOBODY', 'UNKNOWN'))
  assert.deepEqual(await withCode('three'), refused('THREE', 'NOT_MET'))
  assert.deepEqual(await withCode('over'), refused('OVER', 'EXPIRED'))
  assert.deepEqual(await withCode('later'), refused('LATER', 'NOT_YET'))
  assert.deepEqual(await kindOf({ ...cartOf(), country: 'US' }), {
    __typename: 'DestinationNotServed',
    country: 'US',
  })
  assert.deepEqual(await kindOf({ ...cartOf(), currency: 'USD' }), {
    __typename: 'VariantsNotSold',
    variantIds: [mug],
  })
  const lines = [{ id: 'x', variantId: nothing, quantity: 1 }]
  assert.deepEqual(await kindOf({ ...cartOf(), lines }), {
    __typename: 'VariantsNotSold',
    variantIds: [nothing],
  })
})

test('a cart that should not have been priced is refused', async () => {
  await using shop = await promotionsWith()
  const line = (quantity: number) => ({ id: 'a', variantId: mug, quantity })
  const codesOf = async (cart: object) => (await shop.ask(pricing({ ...cartOf(), ...cart }))).codes

  for (const lines of [[], [line(0)], [line(1001)], [line(1), line(1)]]) {
    assert.deepEqual(await codesOf({ lines }), ['BAD_USER_INPUT'])
  }
  assert.deepEqual(await codesOf({ voucherCodes: new Array(11).fill('A') }), ['BAD_USER_INPUT'])
})

test('a price is for orders alone', async () => {
  await using shop = await promotionsWith()

  for (const as of [nobody, userNamed('ada'), serviceNamed('payments')]) {
    const { codes } = await shop.ask({ ...pricing(cartOf()), as })
    assert.equal(codes.length, 1)
    assert.ok(['UNAUTHENTICATED', 'FORBIDDEN'].includes(String(codes[0])))
  }
})

test('ten lines are one question to catalog and one statement, once the rules are known', async () => {
  await using shop = await promotionsWith()
  await tenthOff(shop)
  const lines = Array.from({ length: 10 }, (_, n) => ({ id: `${n}`, variantId: mug, quantity: 1 }))
  await shop.ask(pricing({ ...cartOf(), lines }))
  shop.statements.length = 0
  shop.asked.length = 0

  const { data } = await shop.ask(pricing({ ...cartOf(), lines }))

  assert.equal(data.priceCart.price.lines.length, 10)
  assert.deepEqual(shop.asked, [['variantsToPrice', [mug]]])
  assert.equal(shop.statements.length, 1)
})

test('a rule that is changed holds from the next price on', async () => {
  await using shop = await promotionsWith()
  await shop.ask(pricing(cartOf()))
  await tenthOff(shop)

  const { data } = await shop.ask(pricing(cartOf()))

  assert.deepEqual(data.priceCart.price.discount, { amountMinor: 200 })
})
