import { checkedHistory } from './checked.ts'
import { medianOf, seasonalMedian } from './methods.ts'

export interface Anomaly {
  /** Which value, from the first. */
  readonly at: number
  readonly value: number
  readonly expected: number
  /** Robust standard deviations above (or below, if negative) what was expected. */
  readonly score: number
  readonly kind: 'spike' | 'drop'
}

export interface Watch {
  readonly period: number
  /** How many seasons an expectation is the median of. */
  readonly seasons?: number
  /** From which score on it is told of. */
  readonly from?: number
}

/**
 * Values that are far from what their own past would have said, each judged only by what came
 * before it. The measure is the median absolute deviation (Iglewicz and Hoaglin, 1993), of square
 * roots, as the spread of counts grows with them; so nothing is told of before two seasons. A past
 * that never moved has no spread: there a change is judged by that of a Poisson count. Throws
 * BAD_ROWS on values that are no demand.
 */
export function anomaliesIn(values: readonly number[], watch: Watch): Anomaly[] {
  const { period, seasons = 8, from = 4.5 } = watch
  const roots = checkedHistory(values).map(Math.sqrt)
  const expect = seasonalMedian(period, seasons)
  const reach = period * seasons
  const expected = roots.map((_, at) =>
    at < period ? 0 : (expect(roots.slice(Math.max(0, at - reach), at), 1)[0] ?? 0),
  )
  const gaps = roots.map((root, at) => root - (expected[at] ?? 0))
  return values.flatMap((value, at): Anomaly[] => {
    const past = gaps.slice(Math.max(period, at - reach), at)
    if (past.length < Math.max(7, period)) return []
    const score = (gaps[at] ?? 0) / spreadOf(past)
    if (!(Math.abs(score) >= from)) return []
    const kind = score > 0 ? 'spike' : 'drop'
    return [{ at, value, expected: (expected[at] ?? 0) ** 2, score, kind }]
  })
}

/** 1.4826 makes the deviation a normal's; 0.5 is the standard deviation of a Poisson's root. */
const spreadOf = (gaps: readonly number[]) => Math.max(0.5, 1.4826 * medianOf(gaps.map(Math.abs)))
