import { allocated, shareOf } from '@shop/kit/money'
import { type Good, sum } from './cart.ts'
import type { TaxClass, TaxRate } from './rules.ts'
import type { Destination } from './shipping.ts'

export interface Taxable {
  readonly amountMinor: number
  readonly rate: TaxRate
}

export interface Taxed {
  /** Of each, in their order. */
  readonly taxes: readonly number[]
  readonly byRate: readonly (TaxRate & { readonly amountMinor: number })[]
}

/** The class that names the product; else the one that names its nearest category; else the default. */
export function taxClassOf({ productId, categoryPaths }: Good, classes: readonly TaxClass[]) {
  const own = classes.find(({ productIds }) => productIds.includes(productId))
  if (own) return own
  for (const id of categoryPaths.flatMap((path) => path.toReversed())) {
    const named = classes.find(({ categoryIds }) => categoryIds.includes(id))
    if (named) return named
  }
  return defaultOf(classes)
}

export const defaultOf = (classes: readonly TaxClass[]): TaxClass | undefined =>
  classes.find(({ isDefault }) => isDefault)

/**
 * Of the region, else of the country; where the class has none there, that of the default class:
 * a country that was forgotten is taxed as if nothing were reduced. Nothing where nobody names it.
 */
export function taxRateFor(
  taxClass: TaxClass | undefined,
  { country, region }: Destination,
  classes: readonly TaxClass[],
): TaxRate {
  for (const each of [taxClass, defaultOf(classes)]) {
    const there = (each?.rates ?? []).filter((rate) => rate.country === country)
    const regional = there.find((rate) => rate.region !== null && rate.region === region)
    const rate = regional ?? there.find((whole) => whole.region === null)
    if (rate) return rate
  }
  return { country, region: null, rateBps: 0 }
}

/** Rounded once for all that is taxed alike; the parts get theirs by the largest remainder. */
export function taxed(parts: readonly Taxable[], pricesIncludeTax: boolean): Taxed {
  const taxes = parts.map(() => 0)
  const groups = Map.groupBy(parts.keys(), (index) => keyOf(parts[index]?.rate))
  const byRate = [...groups.values()].flatMap((indexes) => {
    const rate = parts[indexes[0] ?? 0]?.rate
    if (!rate) return []
    const amounts = indexes.map((index) => parts[index]?.amountMinor ?? 0)
    const { rateBps } = rate
    const outOf = pricesIncludeTax ? 10_000 + rateBps : 10_000
    const amountMinor = shareOf(sum(amounts), rateBps, outOf)
    for (const [place, tax] of allocated(amountMinor, amounts).entries()) {
      taxes[indexes[place] ?? 0] = tax
    }
    return amountMinor > 0 ? { ...rate, amountMinor } : []
  })
  return { taxes, byRate }
}

const keyOf = (rate: TaxRate | undefined) => `${rate?.country} ${rate?.region} ${rate?.rateBps}`
