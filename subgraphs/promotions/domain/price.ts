import type { Cart, CartPrice, Line, PriceDiscount, PricedLine } from './cart.ts'
import { sum } from './cart.ts'
import type { Cut, Reducible } from './discounts.ts'
import { explained } from './explain.ts'
import type { Rules, ShippingMethod, TaxRate } from './rules.ts'
import type { Destination } from './shipping.ts'
import { defaultOf, taxClassOf, taxed, taxRateFor } from './taxes.ts'

export interface Shipped {
  readonly to: Destination
  readonly method: ShippingMethod | null
  readonly amountMinor: number
}

export interface Reduced {
  readonly cart: Cart
  /** The lines, with what the promotions left of them. */
  readonly parts: readonly Reducible[]
  readonly cuts: readonly Cut[]
  readonly shipped: Shipped
  readonly shipping: Reducible
  readonly rules: Rules
}

/** Lines and shipping with their tax; they sum to the total. */
export function priceOf(reduced: Reduced): CartPrice {
  const { cart, parts, cuts, shipped, shipping, rules } = reduced
  const { pricesIncludeTax } = rules.settings
  const rates = ratesOf(reduced)
  const { taxes, byRate } = taxed(
    [...parts, shipping].map(({ leftMinor }, index) => ({
      amountMinor: leftMinor,
      rate: rates[index] ?? none,
    })),
    pricesIncludeTax,
  )
  const money = (amountMinor: number) => ({ amountMinor, currency: cart.currency })
  const paid = (part: Reducible, index: number) =>
    part.leftMinor + (pricesIncludeTax ? 0 : (taxes[index] ?? 0))
  const lines = parts.flatMap((part, index): PricedLine[] =>
    part.line
      ? [
          {
            ...namedIn(part.line),
            subtotal: money(part.line.subtotalMinor),
            discount: money(part.line.subtotalMinor - part.leftMinor),
            tax: money(taxes[index] ?? 0),
            total: money(paid(part, index)),
            taxRateBps: rates[index]?.rateBps ?? 0,
          },
        ]
      : [],
  )
  const shippingMinor = paid(shipping, parts.length)
  return {
    lines,
    subtotal: money(sum(lines.map(({ subtotal }) => subtotal.amountMinor))),
    discount: money(sum(lines.map(({ discount }) => discount.amountMinor))),
    shipping: money(shippingMinor),
    tax: money(sum(taxes)),
    total: money(sum(lines.map(({ total }) => total.amountMinor)) + shippingMinor),
    pricesIncludeTax,
    shippingMethodId: shipped.method?.id ?? null,
    discounts: discountsOf(cuts).map(({ amountMinor, ...rest }) => ({
      ...rest,
      amount: money(amountMinor),
    })),
    taxes: byRate.map(({ amountMinor, ...rate }) => ({ ...rate, amount: money(amountMinor) })),
    explain: explained({ ...reduced, taxes, rates }),
  }
}

const none: TaxRate = { country: '', region: null, rateBps: 0 }

/** Of each line, and last of the shipping. */
function ratesOf({ parts, shipped, rules: { taxClasses } }: Reduced): TaxRate[] {
  const classes = parts.map(({ line }) => line && taxClassOf(line.good, taxClasses))
  return [...classes, defaultOf(taxClasses)].map((each) =>
    taxRateFor(each ?? undefined, shipped.to, taxClasses),
  )
}

const namedIn = ({ id, quantity, good: { variantId, productId, price } }: Line) => ({
  id,
  variantId,
  productId,
  quantity,
  unitPrice: price,
})

type Summed = Omit<PriceDiscount, 'amount'> & { readonly amountMinor: number }

function discountsOf(cuts: readonly Cut[]): Summed[] {
  const groups = Map.groupBy(cuts, ({ promotion }) => promotion.id)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { promotion, voucherCode } = first
    const amountMinor = sum(group.map((cut) => cut.amountMinor))
    return { promotionId: promotion.id, name: promotion.name, voucherCode, amountMinor }
  })
}
