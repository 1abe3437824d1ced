import { meanWithInterval } from '@shop/kit/learn/bootstrap'
import type { Random } from '@shop/kit/learn/random'
import { ndcgAt, recallAt } from '@shop/kit/learn/rank-metrics'
import type { Figure } from '@shop/kit/learn/report'

/** What shoppers were shown, best first, and what they then took. */
export interface Shopper {
  readonly shown: readonly string[]
  readonly wanted: ReadonlySet<string>
}

/** Means over the shoppers who wanted anything; recall divides by all that each wanted. */
export function atTen(shoppers: readonly Shopper[], random: Random) {
  const scored = shoppers.filter(({ wanted }) => wanted.size > 0)
  const recalls = scored.map(({ shown, wanted }) => recallAt(10, shown, wanted))
  const gains = scored.map(({ shown, wanted }) =>
    ndcgAt(
      10,
      shown.map((item) => Number(wanted.has(item))),
      Array.from(wanted, () => 1),
    ),
  )
  return {
    scored: scored.length,
    recall: meanWithInterval(recalls, random),
    ndcg: meanWithInterval(gains, random),
  }
}

/** Which share of a catalogue somebody is shown. */
export const coverage = (lists: readonly (readonly string[])[], catalogue: number): Figure => ({
  value: new Set(lists.flat()).size / catalogue,
})
