import { BadUserInput } from '@shop/kit/errors'
import {
  type Cart,
  type CartPriced,
  type DestinationNotServed,
  type Good,
  type Line,
  type Refused,
  sum,
  type VariantsNotSold,
} from './cart.ts'
import {
  type Candidate,
  type Cut,
  inOrder,
  type Reducible,
  reduce,
  reducible,
  reducibleShipping,
} from './discounts.ts'
import type { Kinds } from './kinds.ts'
import { priceOf, type Shipped } from './price.ts'
import { isRunning, type Rules, type ShippingMethod, type VoucherOf } from './rules.ts'
import { type Destination, serves, shippingRate } from './shipping.ts'
import { candidatesOf, codeFrom } from './vouchers.ts'

export interface Known {
  readonly rules: Rules
  readonly kinds: Kinds
  readonly goods: readonly Good[]
  readonly vouchers: readonly VoucherOf[]
  readonly now: Date
}

/** What the cart costs, from ids alone. Asked twice of the same, it is the same. */
export function priceCart(known: Known, cart: Cart): CartPriced | Refused {
  const { rules, kinds, vouchers, now } = known
  const lines = linesOf(cart, known.goods)
  if ('kind' in lines) return lines
  const { promotions } = rules
  const given = candidatesOf({ codes: codesIn(cart), vouchers, promotions, now })
  if ('kind' in given) return given
  const automatic = promotions.filter((each) => !each.needsVoucher && isRunning(each, now))
  const candidates = inOrder([
    ...automatic.map((promotion) => ({ promotion, voucherCode: null })),
    ...given,
  ])

  const parts = lines.map(reducible)
  const reducing = { cart, lines, kinds }
  const cuts = reduce(parts, candidates, { ...reducing, from: 'goods' })
  const shipped = shippedBy(cart, parts, rules)
  if ('kind' in shipped) return shipped
  const shipping = reducibleShipping(shipped.amountMinor)
  cuts.push(...reduce([shipping], candidates, { ...reducing, from: 'shipping' }))
  const useless = given.find((each) => !hasGiven(each, cuts) && !mayYetGive(each, { cart, kinds }))
  if (useless) {
    return { kind: 'VoucherRefused', code: useless.voucherCode ?? '', reason: 'NOT_MET' }
  }
  return { kind: 'CartPriced', price: priceOf({ cart, parts, cuts, shipped, shipping, rules }) }
}

const mostMinor = BigInt(Number.MAX_SAFE_INTEGER) / 200n

function linesOf({ lines, currency }: Cart, goods: readonly Good[]): Line[] | VariantsNotSold {
  if (lines.length < 1 || lines.length > 100) throw new BadUserInput('A cart has 1 to 100 lines.')
  if (new Set(lines.map(({ id }) => id)).size < lines.length) {
    throw new BadUserInput('Each line has an id of its own.')
  }
  const byVariant = new Map(goods.map((good) => [good.variantId, good]))
  const found = lines.map((line) => ({ line, good: byVariant.get(line.variantId) }))
  const missing = found.filter(({ good }) => !good?.isSold || good.price.currency !== currency)
  if (missing.length > 0) {
    const variantIds = missing.map(({ line }) => line.variantId)
    return { kind: 'VariantsNotSold', variantIds: [...new Set(variantIds)] }
  }
  return found.flatMap(({ line, good }) => (good ? lineOf(line, good) : []))
}

function lineOf({ id, quantity }: Cart['lines'][number], good: Good): Line {
  if (quantity < 1 || quantity > 1000) throw new BadUserInput('A quantity is from 1 to 1000.')
  const subtotal = BigInt(good.price.amountMinor) * BigInt(quantity)
  // A hundred of these, taxed and shipped, are still a whole number of JavaScript's.
  if (subtotal > mostMinor) throw new BadUserInput('This is more than can be counted.')
  return { id, quantity, good, subtotalMinor: Number(subtotal) }
}

/** Without a destination there is no shipping; without a method it is not chosen yet. */
function shippedBy(
  cart: Cart,
  parts: readonly Reducible[],
  { shippingMethods, settings }: Rules,
): Shipped | DestinationNotServed {
  const { currency } = cart
  if (!cart.country) return { ...free, to: { country: settings.homeCountry, region: null } }
  const to: Destination = { country: cart.country, region: cart.region || null }
  const method = shippingMethods.find(({ id }) => id === cart.shippingMethodId)
  const goodsMinor = sum(parts.map(({ leftMinor }) => leftMinor))
  const parcel = { ...to, currency, goodsMinor, grams: gramsOf(parts) }
  const rate = method && shippingRate(method, parcel)
  if (rate) return { to, method, amountMinor: rate.amountMinor }
  const isOpen = !cart.shippingMethodId && isServed(shippingMethods, to)
  return isOpen ? { ...free, to } : { kind: 'DestinationNotServed', country: to.country }
}

const free = { method: null, amountMinor: 0 }

const isServed = (methods: readonly ShippingMethod[], to: Destination) =>
  methods.some((method) => serves(method, to))

const gramsOf = (parts: readonly Reducible[]) =>
  sum(parts.map(({ line, quantity }) => (line?.good.weightGrams ?? 0) * quantity))

const hasGiven = ({ voucherCode }: Candidate, cuts: readonly Cut[]) =>
  cuts.some((cut) => cut.voucherCode === voucherCode)

/** Off a shipping that is not known yet. */
const mayYetGive = (
  { promotion }: Candidate,
  { cart, kinds }: { cart: Cart; kinds: Kinds },
): boolean => kinds[promotion.kind]?.from === 'shipping' && !(cart.country && cart.shippingMethodId)

/** The codes as they are kept, each once. */
export const codesIn = ({ voucherCodes = [] }: Cart): string[] => {
  if (voucherCodes.length > 10) throw new BadUserInput('At most 10 vouchers at once.')
  return [...new Set(voucherCodes.map(codeFrom))]
}
