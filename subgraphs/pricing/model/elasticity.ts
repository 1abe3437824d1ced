import { BadRows } from '@shop/kit/learn/refusals'
import { studentQuantile } from './quantiles.ts'
import { type Regression, withinRegression } from './regression.ts'
import { type Sale, sound } from './sales.ts'
import { type Group, shrunk } from './shrinkage.ts'

/** By how many in a hundred sales move when a price rises by one. */
export interface Elasticity {
  readonly product: string
  readonly value: number
  /** Of 90 %. */
  readonly interval: readonly [low: number, high: number]
  readonly error: number
  /** Before it was drawn to its category. */
  readonly alone: number
  readonly borrowed: number
  /** Of each product's price on this one's sales, in the order of the prices; own among them. */
  readonly cross: readonly number[]
  /** What an offer adds to the logarithm of sales. */
  readonly offers: readonly number[]
  /** The logarithm of sales at each place, at prices of 1 and without offers. */
  readonly places: Readonly<Record<string, number>>
  /** Its own sales could not tell: the category's answer is given. */
  readonly degraded: boolean
}

export interface Elasticities {
  readonly category: Group
  readonly products: readonly Elasticity[]
}

const coverage = 0.9

/**
 * Log-log demand of each product of one category, with an effect of each place, own and cross
 * prices and offers (the log-log form of Montgomery, 1997, on the same data); own elasticities are
 * drawn to their category by their precision. Prices were set by people who knew of demand, so
 * this is what went together, not what a price would cause. Throws BAD_ROWS where no product can
 * be learned from.
 */
export function fittedElasticities(sales: readonly Sale[]): Elasticities {
  const groups = [...Map.groupBy(sales.filter(sound), ({ product }) => product)]
  const fits = groups.map(([product, own]) => ({ product, own, fit: fitted(own) }))
  const able = fits.filter((each) => each.fit !== undefined)
  if (able.length === 0) throw new BadRows('No product has sales at prices that moved.')
  const measured = able.map(({ own, fit }) => ownOf(fit as Regression, own))
  const { group, values } = shrunk(measured)
  const products = fits.map(({ product, own, fit }): Elasticity => {
    if (!fit) return borrowed(product, group, own[0]?.logPrices.length ?? 0)
    const at = able.findIndex((each) => each.product === product)
    const { value, error, borrowed: share } = values[at] as (typeof values)[number]
    const reach =
      studentQuantile(1 - (1 - coverage) / 2, fit.clusters - 1 - fit.coefficients.length) * error
    const width = own[0]?.logPrices.length ?? 0
    return {
      product,
      value,
      error,
      interval: [value - reach, value + reach],
      alone: measured[at]?.value ?? value,
      borrowed: share,
      cross: fit.coefficients.slice(0, width).map((each, i) => (i === own[0]?.own ? value : each)),
      offers: fit.coefficients.slice(width),
      places: turned(fit, own, (measured[at]?.value ?? value) - value),
      degraded: false,
    }
  })
  return { category: group, products }
}

/** The logarithm of sales that this product would have; a place never seen is the mean of all. */
export function expectedLogUnits(
  { cross, offers, places }: Elasticity,
  sale: Pick<Sale, 'place' | 'logPrices' | 'offers'>,
): number {
  const known = Object.values(places)
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length)
  const start = places[sale.place] ?? mean
  const ofPrices = cross.reduce((sum, each, at) => sum + each * (sale.logPrices[at] ?? 0), 0)
  return start + offers.reduce((sum, each, at) => sum + each * (sale.offers[at] ?? 0), ofPrices)
}

function fitted(own: readonly Sale[]): Regression | undefined {
  try {
    return withinRegression(
      own.map(({ place, period, logUnits, logPrices, offers }) => ({
        group: place,
        cluster: period,
        y: logUnits,
        x: [...logPrices, ...offers],
      })),
      1e-4,
    )
  } catch (error) {
    if (error instanceof BadRows) return undefined
    throw error
  }
}

function ownOf({ coefficients, covariance }: Regression, own: readonly Sale[]) {
  const at = own[0]?.own ?? 0
  return {
    value: coefficients[at] ?? 0,
    error: Math.sqrt(Math.max(1e-12, covariance[at]?.[at] ?? 0)),
  }
}

/** With another slope the line still goes through the middle of the prices that were seen. */
function turned({ effects }: Regression, own: readonly Sale[], by: number): Record<string, number> {
  const price = own.reduce((sum, sale) => sum + (sale.logPrices[sale.own] ?? 0), 0) / own.length
  return Object.fromEntries([...effects].map(([place, effect]) => [place, effect + by * price]))
}

/** A product that cannot tell by itself is any product of its category. */
function borrowed(product: string, { mean, spread }: Group, width: number): Elasticity {
  const reach = 1.645 * Math.max(spread, 0.1)
  return {
    product,
    value: mean,
    error: Math.max(spread, 0.1),
    interval: [mean - reach, mean + reach],
    alone: Number.NaN,
    borrowed: 1,
    cross: Array.from({ length: width }, () => 0),
    offers: [],
    places: {},
    degraded: true,
  }
}
