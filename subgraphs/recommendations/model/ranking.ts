/** Places of the highest scores, best first; a tie goes to the lower place, −Infinity is never shown. */
export function topOf(scores: ArrayLike<number>, count: number): number[] {
  const best: number[] = []
  const score = (place: number | undefined) => scores[place as number] as number
  for (let place = 0; place < scores.length; place += 1) {
    if (!(score(place) > Number.NEGATIVE_INFINITY)) continue
    if (best.length === count && !(score(place) > score(best.at(-1)))) continue
    best.splice(placeFor(score(place), best, score), 0, place)
    if (best.length > count) best.pop()
  }
  return best
}

function placeFor(value: number, best: readonly number[], score: (place?: number) => number) {
  let [from, to] = [0, best.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (score(best[middle]) >= value) from = middle + 1
    else to = middle
  }
  return from
}

/** A list's weight, and its places, best first. */
export interface Ranked {
  readonly weight: number
  readonly places: readonly number[]
}

/** From here down, places of a list count about alike: Cormack, Clarke and Buettcher's constant. */
const smoothing = 60

/** Blends lists by place alone (reciprocal rank fusion; 2009): scores of other scales may meet. */
export function blendedByRank(lists: readonly Ranked[], items: number): Float64Array {
  const scores = new Float64Array(items).fill(Number.NEGATIVE_INFINITY)
  for (const { weight, places } of lists) {
    for (const [rank, place] of places.entries()) {
      const before = scores[place] as number
      scores[place] = Math.max(0, before) + weight / (smoothing + rank + 1)
    }
  }
  return scores
}

/** A weighted ensemble of scores, each brought to at most 1 by its highest. */
export function blendedByScore(
  parts: readonly { weight: number; scores: Float64Array }[],
): Float64Array {
  const sum = new Float64Array(parts[0]?.scores.length ?? 0)
  for (const { weight, scores } of parts) {
    const highest = scores.reduce((most, score) => Math.max(most, score), 0) || 1
    for (let place = 0; place < sum.length; place += 1) {
      sum[place] = (sum[place] as number) + (weight * (scores[place] as number)) / highest
    }
  }
  return sum
}
