import { BadRows } from '@shop/kit/learn/refusals'
import { fitted } from './fitted.ts'
import type { Summary } from './purchases.ts'
import { hypergeometric, logGamma } from './special-functions.ts'

/** Of all customers: r and α of how often they buy in a week, a and b of how they leave. */
export interface PurchaseRates {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** As the model has it: x repeats, the last at tₓ, in T weeks. */
type Counted = readonly [x: number, tx: number, t: number]

const counted = ({ repeats, lastDays, ageDays }: Summary): Counted => [
  repeats,
  lastDays / 7,
  ageDays / 7,
]

/**
 * BG/NBD (Fader, Hardie and Lee, 2005): each customer buys at a rate of their own, and may leave
 * for good after any purchase. Throws BAD_ROWS where nobody ever came back.
 */
export function learnedRates(summaries: readonly Summary[]): PurchaseRates {
  if (!summaries.some(({ repeats }) => repeats > 0)) {
    throw new BadRows('Nobody has bought twice: there is no rate to learn.')
  }
  const rows = summaries.map(counted)
  const mean = (numbers: readonly number[]) => {
    const [r = 1, alpha = 1, a = 1, b = 1] = numbers
    const rates = { r, alpha, a, b }
    return rows.reduce((sum, row) => sum + logLikelihood(rates, row), 0) / rows.length
  }
  const [r = 1, alpha = 1, a = 1, b = 1] = fitted([0.5, 5, 0.5, 2], mean)
  return { r, alpha, a, b }
}

function logLikelihood({ r, alpha, a, b }: PurchaseRates, [x, tx, t]: Counted): number {
  const rate = logGamma(r + x) - logGamma(r) + r * Math.log(alpha)
  const stay = logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x)
  const alive = -(r + x) * Math.log(alpha + t)
  if (x === 0) return rate + stay + alive
  const left = Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + tx)
  const most = Math.max(alive, left)
  return rate + stay + most + Math.log(Math.exp(alive - most) + Math.exp(left - most))
}

/** How likely a customer has not left for good: 0 to 1. Who bought once cannot be told to have. */
export const chanceAlive = (rates: PurchaseRates, summary: Summary): number =>
  1 / (1 + oddsLeft(rates, counted(summary)))

function oddsLeft({ r, alpha, a, b }: PurchaseRates, [x, tx, t]: Counted): number {
  if (x === 0) return 0
  return Math.exp(
    Math.log(a) - Math.log(b + x - 1) + (r + x) * (Math.log(alpha + t) - Math.log(alpha + tx)),
  )
}

/** How many days with a purchase to expect in the days to come (their equation 10). */
export function expectedPurchases(rates: PurchaseRates, summary: Summary, days: number): number {
  const { r, alpha, a, b } = rates
  const [x, tx, t] = counted(summary)
  const weeks = days / 7
  // The closed form divides by a − 1: at 1 it is the limit that is wanted.
  const safe = Math.abs(a - 1) < 1e-6 ? 1 + 1e-6 : a
  const z = weeks / (alpha + t + weeks)
  const shape: [number, number, number] = [r + x, b + x, safe + b + x - 1]
  const fading = ((alpha + t) / (alpha + t + weeks)) ** (r + x) * hypergeometric(shape, z)
  const expected = ((safe + b + x - 1) / (safe - 1)) * (1 - fading)
  return Math.max(0, expected / (1 + oddsLeft(rates, [x, tx, t])))
}
