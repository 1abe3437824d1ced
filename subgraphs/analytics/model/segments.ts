import type { Summary } from './purchases.ts'

export type Segment =
  | 'CHAMPION'
  | 'LOYAL'
  | 'PROMISING'
  | 'NEW'
  | 'NEEDS_ATTENTION'
  | 'AT_RISK'
  | 'HIBERNATING'

/** Fifths of all customers, 5 the best: how lately, how often, how much (Hughes, 1994). */
export interface Rfm {
  readonly customer: string
  readonly recency: number
  readonly frequency: number
  readonly monetary: number
  readonly segment: Segment
}

/** In the order given. Customers who are alike are in the same fifth; nobody has no segments. */
export function rfmSegments(summaries: readonly Summary[]): Rfm[] {
  const recency = fifths(summaries.map(({ ageDays, lastDays }) => lastDays - ageDays))
  const frequency = fifths(summaries.map(({ repeats }) => repeats))
  const monetary = fifths(summaries.map(({ spend, repeats }) => spend * (repeats + 1)))
  return summaries.map(({ customer, repeats }, at) => {
    const scores = {
      recency: recency[at] as number,
      frequency: frequency[at] as number,
      monetary: monetary[at] as number,
    }
    return { customer, ...scores, segment: segmentOf(scores, repeats) }
  })
}

type Scores = Omit<Rfm, 'customer' | 'segment'>

function segmentOf({ recency, frequency, monetary }: Scores, repeats: number): Segment {
  const worth = (frequency + monetary) / 2
  if (recency >= 4) return repeats === 0 ? 'NEW' : lately(worth)
  if (recency === 3) return worth >= 3 ? 'LOYAL' : 'NEEDS_ATTENTION'
  return worth >= 3.5 ? 'AT_RISK' : 'HIBERNATING'
}

function lately(worth: number): Segment {
  if (worth >= 4.5) return 'CHAMPION'
  return worth >= 3 ? 'LOYAL' : 'PROMISING'
}

/** 1 to 5 by rank; what is equal has the rank of the middle of its like. */
function fifths(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort()
  const below = (value: number, orEqual: boolean) => {
    let [from, to] = [0, sorted.length]
    while (from < to) {
      const middle = (from + to) >> 1
      const seen = sorted[middle] as number
      if (seen < value || (orEqual && seen === value)) from = middle + 1
      else to = middle
    }
    return from
  }
  return values.map((value) => {
    const middle = (below(value, false) + below(value, true)) / 2
    return Math.min(5, 1 + Math.floor((5 * middle) / sorted.length))
  })
}
