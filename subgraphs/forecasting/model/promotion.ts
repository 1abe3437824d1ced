import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'

/** Units of one SKU in one period at one place, and whether it was promoted then. */
export interface PromotedPeriod {
  readonly sku: string
  readonly promoted: boolean
  readonly units: number
  /** What share of a usual period the shop as a whole sold then: 1.2 is a busy week. */
  readonly trade: number
}

export interface Uplift {
  /** 1.4: forty in a hundred more than without the promotion. */
  readonly factor: number
  readonly interval: readonly [low: number, high: number]
  readonly skus: number
}

/**
 * How many times more is bought under promotion: by each SKU against itself, its busy weeks taken
 * out by the trade of the whole shop, summed over SKUs (the Mantel and Haenszel, 1959, form of a
 * rate ratio, so that small SKUs neither vanish nor shout). The 95 % interval is by bootstrap over
 * SKUs. It is an association: what is promoted was chosen. Throws BAD_ROWS where no SKU was seen
 * both promoted and not.
 */
export function promotionUplift(periods: readonly PromotedPeriod[], seed = 1): Uplift {
  if (!periods.every(({ units, trade }) => Number.isFinite(units) && units >= 0 && trade > 0)) {
    throw new BadRows('Units are numbers from zero, and trade is above it.')
  }
  const pairs = [...Map.groupBy(periods, ({ sku }) => sku).values()]
    .map(pairOf)
    .filter(({ with: promoted, without }) => promoted.exposure > 0 && without.exposure > 0)
  if (pairs.length === 0) throw new BadRows('No SKU was seen both promoted and not.')
  const { value, interval = [value, value] } = statisticWithInterval(
    pairs,
    rateRatio,
    randomFrom(seed),
  )
  return { factor: value, interval, skus: pairs.length }
}

/** The forecast as the promotion would move it, from its first to its last step. */
export const promotedForecast = (
  forecast: readonly number[],
  uplift: Pick<Uplift, 'factor'>,
  { from, to }: { from: number; to: number },
): number[] =>
  forecast.map((value, step) => (step >= from && step <= to ? value * uplift.factor : value))

interface Rate {
  units: number
  exposure: number
}

interface Pair {
  with: Rate
  without: Rate
}

function pairOf(periods: readonly PromotedPeriod[]): Pair {
  const pair: Pair = { with: { units: 0, exposure: 0 }, without: { units: 0, exposure: 0 } }
  for (const { promoted, units, trade } of periods) {
    const rate = promoted ? pair.with : pair.without
    rate.units += units
    rate.exposure += trade
  }
  return pair
}

function rateRatio(pairs: readonly Pair[]): number {
  let [above, below] = [0, 0]
  for (const { with: promoted, without } of pairs) {
    const all = promoted.exposure + without.exposure
    above += (promoted.units * without.exposure) / all
    below += (without.units * promoted.exposure) / all
  }
  return below === 0 ? 1 : above / below
}
