import fc from 'fast-check'
import type { Cart, Good } from '../domain/cart.ts'
import { kinds } from '../domain/kinds.ts'
import type { Known } from '../domain/price-cart.ts'
import type { Promotion, Rules, ShippingMethod, TaxClass, VoucherOf } from '../domain/rules.ts'

const now = new Date('2026-03-01T12:00:00Z')
const id = (n: number) => `019a3c1e-7f00-7000-8000-${n.toString(16).padStart(12, '0')}`
const currency = fc.constantFrom('JPY', 'EUR', 'KWD')
const country = fc.constantFrom('DE', 'US', 'IE')
const region = fc.constantFrom(null, 'CA', 'BY')
const ids = (from: number) =>
  fc.uniqueArray(
    fc.nat(5).map((n) => id(from + n)),
    { maxLength: 3 },
  )
const amount = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5_000_000 }))

const good = (n: number, of: string): fc.Arbitrary<Good> =>
  fc.record({
    variantId: fc.constant(id(n)),
    productId: fc.constant(id(100 + (n % 6))),
    categoryPaths: fc.array(ids(200), { maxLength: 2 }),
    price: amount.map((amountMinor) => ({ amountMinor, currency: of })),
    weightGrams: fc.nat(20_000),
    isSold: fc.constant(true),
  })

const promotion = (n: number, of: string): fc.Arbitrary<Promotion> =>
  fc.record({
    id: fc.constant(id(300 + n)),
    name: fc.constant(`promotion ${n}`),
    kind: fc.constantFrom('PERCENT', 'AMOUNT', 'FREE_SHIPPING'),
    percentOffBps: fc.integer({ min: 1, max: 10_000 }),
    amounts: fc
      .option(amount, { nil: undefined })
      .map((amountMinor) => (amountMinor ? [{ amountMinor, currency: of }] : [])),
    perItem: fc.boolean(),
    productIds: ids(100),
    categoryIds: ids(200),
    minQuantity: fc.option(fc.integer({ min: 1, max: 4 })),
    minSubtotals: fc.constantFrom([], [{ amountMinor: 500, currency: of }]),
    firstOrderOnly: fc.boolean(),
    needsVoucher: fc.boolean(),
    priority: fc.nat(3),
    stacking: fc.constantFrom('STACKS', 'EXCLUSIVE'),
    startsAt: fc.constant(new Date(0)),
    endsAt: fc.constant(null),
    version: fc.constant(1),
  })

const rate = (of: string): fc.Arbitrary<ShippingMethod['rates'][number]> =>
  fc.record({
    countries: fc.constantFrom([], ['DE', 'IE'], ['US']),
    regions: fc.constant([]),
    fromGrams: fc.constant(0),
    toGrams: fc.constantFrom(null, 500_000),
    fromMinor: fc.constantFrom(0, 0, 100),
    toMinor: fc.constant(null),
    amountMinor: fc.oneof(fc.constant(0), amount),
    currency: fc.constant(of),
  })

const method = (of: string): fc.Arbitrary<ShippingMethod> =>
  fc.record({
    id: fc.constant(id(400)),
    code: fc.constant('post'),
    name: fc.constant('Post'),
    minDays: fc.constant(1),
    maxDays: fc.constant(2),
    rates: fc.array(rate(of), { minLength: 1, maxLength: 3 }),
    position: fc.constant(1),
    endedAt: fc.constant(null),
    version: fc.constant(1),
  })

const taxClass = (n: number): fc.Arbitrary<TaxClass> =>
  fc.record({
    id: fc.constant(id(500 + n)),
    code: fc.constant(`class-${n}`),
    name: fc.constant(`Class ${n}`),
    isDefault: fc.constant(n === 0),
    productIds: n === 0 ? fc.constant([]) : ids(100),
    categoryIds: n === 0 ? fc.constant([]) : ids(200),
    rates: fc.array(fc.record({ country, region, rateBps: fc.integer({ min: 0, max: 10_000 }) }), {
      maxLength: 5,
    }),
    version: fc.constant(1),
  })

export interface World {
  readonly known: Known
  readonly cart: Cart
}

/** A cart, and a shop with a handful of everything, in a currency of 0, 2 or 3 decimals. */
export const world: fc.Arbitrary<World> = currency.chain((of) =>
  fc
    .record({
      goods: fc.tuple(...Array.from({ length: 6 }, (_, n) => good(n, of))),
      promotions: fc
        .tuple(...Array.from({ length: 5 }, (_, n) => promotion(n, of)))
        .chain((all) => fc.subarray(all)),
      methods: fc.array(method(of), { minLength: 1, maxLength: 1 }),
      taxClasses: fc.tuple(taxClass(0), taxClass(1), taxClass(2)),
      pricesIncludeTax: fc.boolean(),
      lines: fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 })), {
        minLength: 1,
        maxLength: 12,
      }),
      to: fc.option(country),
      region,
      isFirstOrder: fc.boolean(),
      isSent: fc.boolean(),
    })
    .map(({ goods, promotions, methods, taxClasses, lines, to, ...rest }) => {
      const withVoucher = promotions.filter(({ needsVoucher }) => needsVoucher)
      const rules: Rules = {
        settings: { pricesIncludeTax: rest.pricesIncludeTax, homeCountry: 'DE', version: 1 },
        promotions,
        shippingMethods: methods,
        taxClasses,
      }
      const vouchers = withVoucher.map((each, n): VoucherOf => ({ ...voucher, ...named(each, n) }))
      return {
        known: { rules, kinds, goods, vouchers, now },
        cart: {
          lines: lines.map(([variant, quantity], n) => ({
            id: `line ${n}`,
            variantId: id(variant),
            quantity,
          })),
          currency: of,
          country: to,
          region: rest.region,
          shippingMethodId: rest.isSent ? id(400) : null,
          voucherCodes: vouchers.map(({ code }) => code),
          isFirstOrder: rest.isFirstOrder,
        },
      }
    }),
)

const voucher = {
  maxUses: null,
  maxUsesPerShopper: null,
  uses: 0,
  usesOfShopper: 0,
  endsAt: null,
  version: 1,
}

const named = ({ id: promotionId }: Promotion, n: number) => ({
  id: id(600 + n),
  code: `CODE${n}`,
  promotionId,
})
