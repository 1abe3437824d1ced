import { chanceOf } from './chance.ts'
import { dayMs, historyStart, type Options, type PriceChange } from './shop.ts'

/** The nearest price a shop would print, in cents: 1.79, 19.99, 134.99, 449.00. */
export function pricePoint(minor: number): number {
  if (minor < 1000) return Math.max(49, Math.round(minor / 10) * 10 - 1)
  if (minor < 10_000) return Math.round(minor / 50) * 50 - 1
  if (minor < 30_000) return Math.round(minor / 500) * 500 - 1
  return Math.round(minor / 1000) * 1000 - 100
}

const shares = [1, 1, 1, 0.95, 0.9, 0.85, 0.78, 0.7, 1.08, 1.18]

/**
 * How a product's price stood to its list price in the history, oldest first, the first at its
 * start. Changes come by chance, every 25 to 70 days, and answer to nothing: so an elasticity
 * that is estimated from them is not confounded.
 */
export function priceChanges(options: Options, number: number): PriceChange[] {
  const chance = chanceOf(options.seed, 'price changes', number)
  const changes = [{ from: new Date(historyStart(options)), share: chance.pick(shares) }]
  let ms = historyStart(options)
  for (;;) {
    ms += chance.between(25, 70) * dayMs
    if (ms >= options.until.getTime()) return changes
    changes.push({ from: new Date(ms), share: chance.pick(shares) })
  }
}

/** What a variant of this list price cost under this share of it. */
export const priceAt = (listMinor: number, share: number) =>
  share === 1 ? listMinor : pricePoint(listMinor * share)
