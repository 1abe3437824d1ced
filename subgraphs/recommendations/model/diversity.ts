import { rowOf, type Sparse } from './sparse.ts'

export interface Candidate {
  readonly place: number
  readonly score: number
}

export interface Variety {
  /** How alike two items are, 0 to 1, in a row for each. */
  readonly alike: Sparse
  /** 1 keeps the order of scores; the lower, the less alike are the items shown together. */
  readonly relevance: number
  readonly count: number
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein, 1998): each place goes to the candidate that
 * is best after what it has in common with those already chosen. Candidates come best first, and
 * their scores are taken relative to the highest.
 */
export function diversified(candidates: readonly Candidate[], variety: Variety): Candidate[] {
  const highest = candidates[0]?.score || 1
  const left = candidates.map((candidate) => ({ candidate, common: 0 }))
  const worth = ({ candidate, common }: Left) =>
    variety.relevance * (candidate.score / highest) - (1 - variety.relevance) * common
  const chosen: Candidate[] = []
  while (chosen.length < variety.count && left.length > 0) {
    const best = left.reduce((a, b) => (worth(b) > worth(a) ? b : a))
    left.splice(left.indexOf(best), 1)
    chosen.push(best.candidate)
    const near = neighboursOf(variety.alike, best.candidate.place)
    for (const each of left) {
      each.common = Math.max(each.common, near.get(each.candidate.place) ?? 0)
    }
  }
  return chosen
}

interface Left {
  readonly candidate: Candidate
  /** How alike it is to the one chosen that it is most like. */
  common: number
}

function neighboursOf(alike: Sparse, place: number): ReadonlyMap<number, number> {
  const { places, values } = rowOf(alike, place)
  return new Map(Array.from(places, (other, at) => [other, values[at] as number]))
}

/** The mean of how alike the pairs of a list are: what diversity is to lower. */
export function sameness(places: readonly number[], alike: Sparse): number {
  let [sum, pairs] = [0, 0]
  for (const [i, place] of places.entries()) {
    const near = neighboursOf(alike, place)
    for (const other of places.slice(i + 1)) {
      sum += near.get(other) ?? 0
      pairs += 1
    }
  }
  return pairs === 0 ? 0 : sum / pairs
}
