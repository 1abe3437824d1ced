import { BadRows } from '@shop/kit/learn/refusals'
import { fitted } from './fitted.ts'
import type { Summary } from './purchases.ts'
import { logGamma } from './special-functions.ts'

/** Of all customers: p, q and γ of what they spend on a day with a purchase. */
export interface SpendLevels {
  readonly p: number
  readonly q: number
  readonly gamma: number
}

/**
 * Gamma-Gamma (Fader and Hardie, 2013): each customer's spending varies around a mean of their own,
 * so that one large order moves what is expected less than ten. Throws BAD_ROWS where nobody with
 * a second purchase has spent anything.
 */
export function learnedSpend(summaries: readonly Summary[]): SpendLevels {
  const rows = summaries.filter(({ repeats, spend }) => repeats > 0 && spend > 0)
  if (rows.length === 0)
    throw new BadRows('Nobody has bought twice: there is no spending to learn.')
  const scale = rows.reduce((sum, { spend }) => sum + spend, 0) / rows.length
  const mean = (numbers: readonly number[]) => {
    const [p = 1, q = 1, gamma = 1] = numbers
    const levels = { p, q, gamma }
    const sum = rows.reduce(
      (all, { repeats, spend }) => all + logLikelihood(levels, repeats + 1, spend / scale),
      0,
    )
    return sum / rows.length
  }
  // In units of the mean, so that the search starts near and every currency is alike.
  const [p = 1, q = 1, gamma = 1] = fitted([2, 3, 1], mean)
  return { p, q, gamma: gamma * scale }
}

function logLikelihood({ p, q, gamma }: SpendLevels, times: number, spend: number): number {
  return (
    logGamma(p * times + q) -
    logGamma(p * times) -
    logGamma(q) +
    q * Math.log(gamma) +
    (p * times - 1) * Math.log(spend) +
    p * times * Math.log(times) -
    (p * times + q) * Math.log(gamma + times * spend)
  )
}

/** What a customer is to spend on a day with a purchase, between their own mean and everybody's. */
export function expectedSpend({ p, q, gamma }: SpendLevels, { repeats, spend }: Summary): number {
  const times = repeats + 1
  return (p * (gamma + times * spend)) / Math.max(1e-9, p * times + q - 1)
}
