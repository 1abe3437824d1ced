import type { Random } from '@shop/kit/learn/random'
import type { Sale } from './sales.ts'

export interface World {
  readonly products?: number
  readonly places?: number
  readonly periods?: number
}

export interface Generated {
  readonly sales: readonly Sale[]
  /** The true own elasticity of each product, by its name. */
  readonly truths: ReadonlyMap<string, number>
}

/**
 * A category whose truth is known: own elasticities around −2.5, each product a little helped by
 * the next one's price, places of their own size, weeks that go well or ill for all places, and
 * prices that move by chance, so that nothing but the price stands behind what they do.
 */
export function generated(
  random: Random,
  { products = 12, places = 15, periods = 60 }: World = {},
): Generated {
  const names = Array.from({ length: products }, (_, at) => `product ${at}`)
  const own = names.map(() => -2.5 + 0.5 * random.normal())
  const sizes = Array.from({ length: places }, () => 3 + 0.6 * random.normal())
  const sales: Sale[] = []
  for (let period = 0; period < periods; period += 1) {
    const base = names.map(() => 0.18 * random.normal())
    const shocks = names.map(() => 0.1 * random.normal())
    sizes.forEach((size, place) => {
      const logPrices = base.map((price) => price + 0.05 * random.normal())
      names.forEach((product, at) => {
        const next = logPrices[(at + 1) % products] ?? 0
        const expected =
          size + (own[at] ?? 0) * (logPrices[at] ?? 0) + 0.4 * next + (shocks[at] ?? 0)
        const logUnits = expected + 0.35 * random.normal()
        sales.push({
          place: `place ${place}`,
          product,
          period,
          logUnits,
          logPrices,
          own: at,
          offers: [],
        })
      })
    })
  }
  return { sales, truths: new Map(names.map((name, at) => [name, own[at] ?? 0])) }
}
