import { BadRows } from '@shop/kit/learn/refusals'
import { allowedPrices, type Guards, type Priced } from './guards.ts'
import { normalQuantile } from './quantiles.ts'

export type Objective = 'profit' | 'revenue' | 'units'

/** What is known of demand: at the price of now so many units are sold in a period. */
export interface Belief {
  readonly elasticity: number
  /** Its standard error. */
  readonly error: number
  readonly unitsNow: number
}

export interface Quote {
  /** In minor units. The price of now where no better one is allowed. */
  readonly price: number
  /** Against the price of now, as shares: 0.04 is four in a hundred more. */
  readonly expected: { readonly profit: number; readonly revenue: number; readonly units: number }
  /** The chance that the objective is better than now. */
  readonly confidence: number
  readonly reasons: readonly string[]
  /** No elasticity below zero could be told: the price stays. */
  readonly degraded: boolean
}

export interface Asked {
  readonly now: Priced
  readonly guards: Guards
  readonly objective: Objective
}

const draws = Array.from({ length: 21 }, (_, at) => normalQuantile((at + 0.5) / 21))

/**
 * The allowed price with the most of the objective, expected over what is unknown of the elasticity:
 * with a point estimate alone, the optimiser would run to where it happens to err most. An
 * elasticity at or above zero is not believed, and nothing is moved. Throws BAD_ROWS on what is no
 * number or below zero.
 */
export function recommendedPrice(belief: Belief, { now, guards, objective }: Asked): Quote {
  checked(belief)
  const range = allowedPrices(now, guards)
  const stay = (reasons: readonly string[], degraded: boolean): Quote => ({
    price: now.price,
    expected: { profit: 0, revenue: 0, units: 0 },
    confidence: 0,
    reasons,
    degraded,
  })
  if (belief.elasticity >= 0)
    return stay(['Sales did not fall with the price: it is not moved.'], true)
  if (range.blocked) return stay(['No price keeps all guards.', ...range.reasons], false)

  const believed = draws.map((draw) => Math.min(-0.05, belief.elasticity + draw * belief.error))
  const worth = (price: number) =>
    meanOf(believed.map((each) => outcome({ price, now, elasticity: each }, objective)))
  const price = highest(range.low, range.high, worth)
  const share = (of: Objective) => {
    const mean = (at: number) =>
      meanOf(believed.map((each) => outcome({ price: at, now, elasticity: each }, of)))
    const base = mean(now.price)
    return base === 0 ? 0 : (mean(price) - base) / Math.abs(base)
  }
  const better = believed.filter(
    (elasticity) =>
      outcome({ price, now, elasticity }, objective) >
      outcome({ price: now.price, now, elasticity }, objective),
  )
  return {
    price,
    expected: { profit: share('profit'), revenue: share('revenue'), units: share('units') },
    confidence: better.length / believed.length,
    reasons: [
      `elasticity ${belief.elasticity.toFixed(2)} ± ${(1.645 * belief.error).toFixed(2)}`,
      ...range.reasons,
    ],
    degraded: false,
  }
}

interface At {
  price: number
  now: Priced
  elasticity: number
}

/** By one unit sold now. */
function outcome({ price, now, elasticity }: At, objective: Objective): number {
  const units = (price / now.price) ** elasticity
  if (objective === 'units') return units
  return objective === 'revenue' ? units * price : units * (price - now.cost)
}

/** A grid of at most 200 prices, and then each minor unit beside the best of them. */
function highest(low: number, high: number, worth: (price: number) => number): number {
  const step = Math.max(1, Math.floor((high - low) / 200))
  const grid = Array.from(
    { length: Math.floor((high - low) / step) + 1 },
    (_, at) => low + at * step,
  )
  const best = bestOf([...grid, high], worth)
  const near = Math.min(step, 50)
  const close = Array.from({ length: 2 * near + 1 }, (_, at) => best - near + at)
  return bestOf(
    close.filter((price) => price >= low && price <= high),
    worth,
  )
}

function bestOf(prices: readonly number[], worth: (price: number) => number): number {
  let [best, most] = [prices[0] ?? 0, Number.NEGATIVE_INFINITY]
  for (const price of prices) {
    const value = worth(price)
    if (value > most) [best, most] = [price, value]
  }
  return best
}

function checked({ elasticity, error, unitsNow }: Belief): void {
  if (Number.isFinite(elasticity) && error >= 0 && error < 100 && unitsNow >= 0 && unitsNow < 1e12)
    return
  throw new BadRows('An elasticity and its error are numbers, and units are from zero.')
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
