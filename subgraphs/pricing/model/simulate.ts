import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import type { Priced } from './guards.ts'
import type { Belief } from './optimiser.ts'

export interface Plan {
  readonly now: Priced
  /** A price for each period to come, in minor units. */
  readonly prices: readonly number[]
  /** The standard deviation of the logarithm of a period's units beside what prices explain. */
  readonly noise: number
  readonly seed: number
  readonly rounds?: number
}

export interface Simulated {
  readonly revenue: Spread
  readonly profit: Spread
  readonly units: Spread
}

export interface Spread {
  readonly mean: number
  /** Of 90 %. */
  readonly interval: readonly [low: number, high: number]
}

/**
 * What a plan of prices may bring: many futures, each with an elasticity drawn once and units drawn
 * anew each period. The same seed is the same answer. Throws BAD_ROWS where a price is none, and
 * beyond ten million draws.
 */
export function simulatedRevenue(
  belief: Belief,
  { now, prices, noise, seed, rounds = 2000 }: Plan,
): Simulated {
  const numbers = [belief.elasticity, belief.error, belief.unitsNow, noise]
  if (
    !numbers.every(Number.isFinite) ||
    !prices.every((price) => price > 0 && Number.isFinite(price)) ||
    !(now.price > 0) ||
    prices.length * rounds > 1e7
  ) {
    throw new BadRows('Prices are above zero and not too many, and all else is a number.')
  }
  const random = randomFrom(seed)
  const futures = Array.from({ length: rounds }, () => {
    const elasticity = Math.min(0, belief.elasticity + belief.error * random.normal())
    let [revenue, profit, units] = [0, 0, 0]
    for (const price of prices) {
      // The noise is centred so that its mean, and not its median, is one.
      const shock = Math.exp(noise * random.normal() - noise ** 2 / 2)
      const sold = belief.unitsNow * (price / now.price) ** elasticity * shock
      units += sold
      revenue += sold * price
      profit += sold * (price - now.cost)
    }
    return { revenue, profit, units }
  })
  const of = (key: 'revenue' | 'profit' | 'units') => spreadOf(futures.map((future) => future[key]))
  return { revenue: of('revenue'), profit: of('profit'), units: of('units') }
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    interval: [at(0.05), at(0.95)],
  }
}
