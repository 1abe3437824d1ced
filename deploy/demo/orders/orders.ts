import { type Chance, chanceOf, hashOf } from '../chance.ts'
import { idAt } from '../ids.ts'
import { countries } from '../people/countries.ts'
import { type Address, customerAt, guest } from '../people/customers.ts'
import { dayMs, historyStart, type Options } from '../shop.ts'
import { type Basket, type BasketLine, basketsOn, type Morning, scaleOf } from './baskets.ts'
import { bundles } from './bundles.ts'
import { walk } from './fates.ts'
import { Frauds, fraudTruth } from './frauds.ts'
import type { Card, Device, Order, OrderLine } from './order.ts'
import { guestCustomer, Pool } from './pool.ts'
import { vouchers } from './promotions.ts'
import { Shelf } from './shelf.ts'
import { triesBefore } from './tries.ts'

/** Eighteen months of orders in the order of their placing. Only what is on the shelf is kept. */
export function* orders(options: Options): Generator<Order> {
  const shelf = new Shelf(options)
  const byNumber = new Map(shelf.articles.map((article) => [article.number, article]))
  const known = bundles(options).flatMap((bundle) => {
    const [anchor, companion] = [
      byNumber.get(bundle.anchorNumber),
      byNumber.get(bundle.companionNumber),
    ]
    return anchor && companion ? [{ ...bundle, anchor, companion }] : []
  })
  const bundlesOf = Map.groupBy(known, ({ anchor }) => anchor)
  const scale = scaleOf(options, shelf)
  const pool = new Pool(options)
  const morning: Morning = { options, shelf, pool, scale, bundlesOf }
  const frauds = new Frauds()
  let number = 0
  for (let ms = historyStart(options); ms < options.end.getTime(); ms += dayMs) {
    const day = Math.round((ms - historyStart(options)) / dayMs)
    const chance = chanceOf(options.seed, 'day', day)
    const baskets = basketsOn(ms, morning, chance)
    frauds.openOn(ms, pool.registered, chance)
    for (const basket of baskets.filter((each) => each.ms < options.end.getTime())) {
      if (basket.ms > options.end.getTime() - 2 * dayMs) frauds.swell(basket)
      yield orderOf({ options, basket, number }, frauds)
      number += 1
    }
  }
}

interface Placed {
  readonly options: Options
  readonly basket: Basket
  readonly number: number
}

function orderOf({ options, basket, number }: Placed, frauds: Frauds): Order {
  const chance = chanceOf(options.seed, 'order', number)
  const at = { seed: options.seed, ms: basket.ms }
  const buyer = buyerOf({ options, basket, number }, chance)
  const network = networkOf(options, basket.customer, chance)
  const takenOver = frauds.takesOver(basket, chance)
  const lines = basket.lines.map((line, index) =>
    lineOf(line, idAt('line', number * 32 + index, at), buyer.address),
  )
  const sum = (of: (line: OrderLine) => number) => lines.reduce((all, line) => all + of(line), 0)
  const goods = sum(({ totalMinor }) => totalMinor)
  const shippingMethod = chance.happens(0.12) ? 'express' : 'standard'
  const fullMinor = shippingMethod === 'express' ? 990 : goods >= 5000 ? 0 : 490
  const voucher = buyer.customerId ? voucherFor({ options, basket, number }, fullMinor) : null
  const shippingMinor = voucher ? 0 : fullMinor
  const totalMinor = goods + shippingMinor
  const fraud = frauds.judge({ takenOver, network, ms: basket.ms, totalMinor }, chance)
  const { taxBps } = countryOf(buyer.address)
  const placed = { options, number, ms: basket.ms, scenario: fraud?.scenario ?? null }
  return {
    id: idAt('order', number, at),
    number: `SG-${1_000_001 + number}`,
    ...buyer,
    placedAt: new Date(basket.ms),
    currency: 'EUR',
    lines,
    subtotalMinor: sum(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor),
    discountMinor: sum(({ discountMinor }) => discountMinor),
    shippingMinor,
    taxMinor: sum(({ taxMinor }) => taxMinor) + taxIn(shippingMinor, taxBps),
    totalMinor,
    shippingMethod,
    ...walk(
      { options, basket, lines, totalMinor, shippingMethod, isFraud: fraud !== null },
      chance,
    ),
    device: deviceOf(network, basket.customer, chance),
    card: cardOf(basket, chance),
    voucher,
    tries: triesBefore(placed),
    fraud,
  }
}

function buyerOf({ options, basket: { customer }, number }: Placed, chance: Chance) {
  if (customer === guestCustomer) return { customerId: null, ...guest(chance, number) }
  const { id, email, addresses } = customerAt(options, customer)
  return { customerId: id, email, address: addresses[0] as Address }
}

const countryOf = ({ country }: Address) =>
  countries.find(({ code }) => code === country) ?? (countries[0] as (typeof countries)[number])

/** The tax in a price that includes it, to the nearest cent. */
const taxIn = (minor: number, bps: number) => Math.round((minor * bps) / (10_000 + bps))

function lineOf({ offer, quantity }: BasketLine, id: string, to: Address): OrderLine {
  const { article, unitPriceMinor, promotion } = offer
  const variant = article.variants[offer.variant] as (typeof article.variants)[number]
  const full = unitPriceMinor * quantity
  const discountMinor = promotion ? Math.round((full * promotion.percentOffBps) / 10_000) : 0
  const country = countryOf(to)
  const taxRateBps = article.place.department.reducedTax ? country.reducedTaxBps : country.taxBps
  return {
    id,
    productId: article.id,
    variantId: variant.id,
    sku: variant.sku,
    name: article.name,
    quantity,
    unitPriceMinor,
    discountMinor,
    totalMinor: full - discountMinor,
    taxRateBps,
    taxMinor: taxIn(full - discountMinor, taxRateBps),
    promotionId: promotion?.id ?? null,
  }
}

/** A customer mostly orders from one network, their home's. */
function networkOf({ seed }: Options, customer: number, chance: Chance): number {
  if (customer === guestCustomer || chance.happens(0.15)) return chance.below(fraudTruth.networks)
  return chanceOf(seed, 'network', customer).below(fraudTruth.networks)
}

function deviceOf(network: number, customer: number, chance: Chance): Device {
  const own = customer === guestCustomer ? chance.below(1e9) : customer * 2 + chance.below(2)
  const hash = hashOf(`device ${own}`)
  const kind = (['phone', 'phone', 'computer', 'computer', 'tablet'] as const)[hash % 5] ?? 'phone'
  const [second, third] = [18 + (network >>> 8), network & 255]
  return {
    ipAddress: `198.${second}.${third}.${1 + (hash % 254)}`,
    fingerprint: hash.toString(16).padStart(8, '0'),
    kind,
  }
}

/** One in five of those who have to pay for the sending has the code that saves it. */
function voucherFor({ options, number }: Placed, offMinor: number): Order['voucher'] {
  const free = vouchers(options).find(({ percentOffBps }) => percentOffBps === null)
  if (!free || offMinor === 0) return null
  const hasIt = chanceOf(options.seed, 'voucher', number).happens(0.2)
  return hasIt ? { id: free.id, code: free.code, offMinor } : null
}

const cardOf = (basket: Basket, chance: Chance): Card => ({
  brand: chance.pick(['visa', 'visa', 'mastercard', 'mastercard', 'amex']),
  last4: last4Of(basket, chance),
})

const last4Of = ({ customer }: Basket, chance: Chance) =>
  String(
    customer === guestCustomer ? chance.below(10_000) : hashOf(`card ${customer}`) % 10_000,
  ).padStart(4, '0')
