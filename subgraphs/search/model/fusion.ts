import type { Candidate, Question } from './features.ts'
import type { Ranked } from './ranker.ts'

interface Asked {
  readonly question: Question
  /** Rank by vectors, of those that they found. */
  readonly nearest: ReadonlyMap<string, number>
  /** Whether the query is a sentence rather than a name. */
  readonly wordy: boolean
}

/** The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009). */
const flat = 10

/**
 * One order from the ranker's and the vectors'. A name trusts its words: what only vectors found
 * comes after all that words did. For a sentence, whose words are mostly beside the point, the two
 * orders are fused by rank, the words counting less the less of the sentence any product holds.
 */
export function fused(
  ranked: readonly Ranked[],
  candidates: readonly Candidate[],
  asked: Asked,
): Ranked[] {
  const { question, nearest, wordy } = asked
  const dense = candidates.filter(({ wordScore }) => wordScore === 0)
  if (!wordy || nearest.size === 0) return [...ranked, ...byCosine(dense)]
  const rankOf = new Map(ranked.map(({ candidate }, rank) => [candidate, rank]))
  const trust = bestCover(question, candidates)
  const score = (candidate: Candidate) => {
    const near = nearest.get(candidate.product.id)
    return share(rankOf.get(candidate), 0.6 * trust ** 2) + share(near, 1)
  }
  return candidates
    .map((candidate) => ({ candidate, score: score(candidate) }))
    .sort((a, b) => b.score - a.score || b.candidate.cosine - a.candidate.cosine)
}

const share = (rank: number | undefined, weight: number) =>
  rank === undefined ? 0 : weight / (flat + rank)

/** Behind the words, with scores below 0 that keep their order. */
const byCosine = (dense: readonly Candidate[]): Ranked[] =>
  dense
    .toSorted((a, b) => b.cosine - a.cosine)
    .map((candidate) => ({ candidate, score: candidate.cosine - 2 }))

/** The largest share of the query's words that one title holds. */
function bestCover({ groups }: Question, candidates: readonly Candidate[]): number {
  if (groups.length === 0) return 0
  const covers = candidates.map(
    ({ product }) =>
      groups.filter((group) => group.some(({ text }) => product.title.includes(text))).length,
  )
  return Math.max(0, ...covers) / groups.length
}
