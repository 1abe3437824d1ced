import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allocated, type Money } from '@shop/kit/money'
import { wish } from '@shop/kit/testing'
import fc from 'fast-check'
import { type CartPrice, type PricedLine, sum } from '../domain/cart.ts'
import { priceCart } from '../domain/price-cart.ts'
import { type World, world } from './random-carts.ts'

/** `PRICE_CARTS=10000` has all of them; `PRICE_SEED` has those of another run again. */
const numRuns = Number(wish('PRICE_CARTS') ?? 500)
const seed = Number(wish('PRICE_SEED') ?? Date.now() % 1_000_000_000)

/** Without the vouchers that would be refused, so that most carts have a price. */
function priced({ known, cart }: World): CartPrice | null {
  const answer = priceCart(known, cart)
  if (answer.kind === 'CartPriced') return answer.price
  if (answer.kind !== 'VoucherRefused') return null
  const voucherCodes = cart.voucherCodes?.filter((code) => code !== answer.code)
  return priced({ known, cart: { ...cart, voucherCodes } })
}

const minor = ({ amountMinor }: { amountMinor: number }) => amountMinor

const all = <T>(each: readonly T[], of: (one: T) => Money) => sum(each.map((one) => minor(of(one))))

function sumsUp(price: CartPrice) {
  const total = minor(price.total)
  assert.equal(all(price.lines, (line) => line.total) + minor(price.shipping), total)
  assert.equal(
    all(price.explain, (step) => step.amount),
    total,
  )
  assert.equal(
    all(price.taxes, (tax) => tax.amount),
    minor(price.tax),
  )
  assert.equal(
    all(price.lines, (line) => line.subtotal),
    minor(price.subtotal),
  )
  assert.equal(
    all(price.lines, (line) => line.discount),
    minor(price.discount),
  )
}

function sumsUpAlone(line: PricedLine, { explain, pricesIncludeTax }: CartPrice) {
  const [subtotal, net] = [minor(line.subtotal), minor(line.subtotal) - minor(line.discount)]
  const own = explain.filter(({ lineId }) => lineId === line.id)
  assert.equal(subtotal, minor(line.unitPrice) * line.quantity)
  assert.equal(minor(line.total), net + (pricesIncludeTax ? 0 : minor(line.tax)))
  assert.ok(minor(line.tax) <= minor(line.total))
  assert.equal(
    all(own, (step) => step.amount),
    minor(line.total),
  )
}

const amountsIn = (price: CartPrice): Money[] => [
  ...price.lines.flatMap((line) => [line.subtotal, line.discount, line.tax, line.total]),
  ...[...price.discounts, ...price.taxes].map(({ amount: each }) => each),
  ...[price.subtotal, price.discount, price.shipping, price.tax, price.total],
]

test('items and parts sum to the whole, nothing is negative, and every unit is explained', (t) => {
  const seen = { priced: 0, discounted: 0, shipped: 0 }
  fc.assert(
    fc.property(world, (made) => {
      const price = priced(made)
      if (!price) return
      seen.priced += 1
      seen.discounted += Number(price.discounts.length > 0)
      seen.shipped += Number(minor(price.shipping) > 0)
      sumsUp(price)
      for (const line of price.lines) sumsUpAlone(line, price)
      for (const { amountMinor, currency: of } of amountsIn(price)) {
        assert.ok(Number.isSafeInteger(amountMinor) && amountMinor >= 0)
        assert.equal(of, made.cart.currency)
      }
    }),
    { numRuns, seed },
  )
  t.diagnostic(`PRICE_SEED=${seed}: ${JSON.stringify(seen)} of ${numRuns}`)
  assert.ok(seen.priced > numRuns / 3 && seen.discounted > numRuns / 20)
})

test('however a cart is given back, the shares never pass the whole, and all of them are it', () => {
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat()), (made, chance) => {
      const price = priced(made)
      if (!price) return
      const items = price.lines.flatMap(({ total, quantity }) =>
        allocated(minor(total), new Array(quantity).fill(1)),
      )
      const shares = [...items, minor(price.shipping)]
      let back = 0
      while (shares.length > 0) {
        const [share = 0] = shares.splice((chance.next().value ?? 0) % shares.length, 1)
        assert.ok(share >= 0)
        back += share
        assert.ok(back <= minor(price.total))
      }
      assert.equal(back, minor(price.total))
    }),
    { numRuns, seed },
  )
})

test('the same cart under the same rules costs the same', () => {
  fc.assert(
    fc.property(world, ({ known, cart }) => {
      assert.deepEqual(priceCart(known, cart), priceCart(known, cart))
    }),
    { numRuns: Math.min(numRuns, 500), seed },
  )
})
