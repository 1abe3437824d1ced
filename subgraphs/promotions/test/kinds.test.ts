import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Kind, kinds } from '../domain/kinds.ts'
import { cartOf, pricing, promotionsWith } from './world.ts'

/** Of three the cheapest item for nothing: what the shop does not have. */
const thirdFree: Kind = {
  from: 'goods',
  check: () => {},
  cuts: (_, parts) =>
    parts.map(({ quantity, leftMinor }) => Math.floor(quantity / 3) * (leftMinor / quantity)),
}

/** Asks for more than there is. */
const greedy: Kind = {
  from: 'goods',
  check: () => {},
  cuts: (_, parts) => parts.map(({ leftMinor }) => 2 * leftMinor + 0.5),
}

test('one more kind is one more entry, and nothing else has to know of it', async () => {
  await using shop = await promotionsWith(undefined, { ...kinds, THIRD_FREE: thirdFree })
  await shop.database.run(`insert into promotions (id, name, kind, amounts, per_item, product_ids,
      category_ids, min_subtotals, first_order_only, needs_voucher, priority, stacking, starts_at)
    values (gen_random_uuid(), 'Third free', 'THIRD_FREE', '[]', false, '{}', '{}', '[]', false,
      false, 1, 'STACKS', '2026-01-01')`)

  const { data } = await shop.ask(pricing(cartOf(7)))

  assert.deepEqual(data.priceCart.price.discounts, [
    { name: 'Third free', voucherCode: null, amount: { amountMinor: 2 * 1999 } },
  ])
})

test('whatever a kind asks for, no more than is left is taken', async () => {
  await using shop = await promotionsWith(undefined, { ...kinds, GREEDY: greedy })
  await shop.database.run(`insert into promotions (id, name, kind, amounts, per_item, product_ids,
      category_ids, min_subtotals, first_order_only, needs_voucher, priority, stacking, starts_at)
    values (gen_random_uuid(), 'All', 'GREEDY', '[]', false, '{}', '{}', '[]', false,
      false, 1, 'STACKS', '2026-01-01')`)

  const { data } = await shop.ask(pricing(cartOf(2)))

  assert.deepEqual(data.priceCart.price.total, { amountMinor: 490, currency: 'EUR' })
})
