import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standingAt } from '@shop/kit/testing'
import { fillPromotions } from '../bulk.ts'
import { cartOf, kitchen, noon, order, pricing, promotionsWith, seller } from './world.ts'

const from = new Date('2026-01-01T00:00:00Z')
const made = {
  promotions: [
    {
      id: order(1),
      name: 'Kitchen Days',
      categoryId: kitchen,
      percentOffBps: 2000,
      from,
      to: new Date('2026-12-01T00:00:00Z'),
    },
  ],
  vouchers: [
    {
      id: order(2),
      promotionId: order(3),
      name: 'Sent free',
      code: 'POSTFREE',
      percentOffBps: null,
      firstOrderOnly: false,
      from,
    },
  ],
  foodCategoryIds: [kitchen],
}

test('what a generator made is there once, however often it is filled in', async () => {
  await using shop = await promotionsWith()
  const fill = () => fillPromotions(made, { databaseUrl: shop.database.url }, standingAt(noon))
  await shop.ask(pricing(cartOf()))

  await fill()
  await fill()

  const { data } = await shop.ask(pricing({ ...cartOf(), voucherCodes: ['postfree'] }))
  assert.deepEqual(data.priceCart.price.total, { amountMinor: 1599, currency: 'EUR' })
  assert.equal(data.priceCart.price.lines[0].taxRateBps, 700)
  const all = await shop.ask({ as: seller, query: '{ promotions { totalCount } }' })
  assert.equal(all.data.promotions.totalCount, 2)
})
