import { commands } from './commands.ts'
import type { Encoder } from './encoder.ts'
import type { Evidence } from './evidence.ts'
import { evidenceRows, vectorsOf } from './evidence-features.ts'
import { type EvidenceRanker, helpChance, rankedScores } from './evidence-ranker.ts'
import { bm25, type TermWeights, termWeightsOf } from './term-weights.ts'
import { termsOf } from './words.ts'

/**
 * What everybody may read: facts of products and the shop's policies. An order, a return or an
 * address is never put in here, so no question can bring up another customer's.
 */
export interface Knowledge {
  readonly evidence: readonly Evidence[]
  readonly terms: readonly (readonly string[])[]
  readonly places: ReadonlyMap<string, readonly number[]>
  readonly weights: TermWeights
}

export function knowledgeOf(all: readonly Evidence[]): Knowledge {
  const evidence = all.filter(({ title, text }) => !commands(`${title} ${text}`))
  const terms = evidence.map(({ title, text }) => termsOf(`${title} ${text}`))
  const places = new Map<string, number[]>()
  for (const [place, own] of terms.entries()) {
    for (const term of new Set(own)) {
      const list = places.get(term) ?? []
      places.set(term, list)
      list.push(place)
    }
  }
  return { evidence, terms, places, weights: termWeightsOf(evidence.map(({ text }) => text)) }
}

/** The best by BM25 among what shares a word with the question; ties by id, not by place. */
export function retrieved(knowledge: Knowledge, question: string, most = 10): Evidence[] {
  const { evidence, terms, places, weights } = knowledge
  const asked = termsOf(question).slice(0, 64)
  const rows = [...new Set(asked.flatMap((term) => places.get(term) ?? []))]
  return rows
    .map((row) => ({
      own: evidence[row] as Evidence,
      score: bm25(weights, asked, terms[row] as readonly string[]),
    }))
    .sort((a, b) => b.score - a.score || (a.own.id < b.own.id ? -1 : 1))
    .slice(0, most)
    .map(({ own }) => own)
}

export interface Ranking {
  /** What the ranker was taught with: rows are made the same in the shop. */
  readonly weights: TermWeights
  readonly ranker: EvidenceRanker
  readonly encoder: Encoder | undefined
}

export interface Ranked {
  readonly evidence: Evidence
  /** That it helps to answer. */
  readonly chance: number
}

/** Best first. */
export async function ranked(
  { weights, ranker, encoder }: Ranking,
  question: string,
  evidence: readonly Evidence[],
): Promise<Ranked[]> {
  const candidates = { question, evidence }
  const vectors = await vectorsOf(encoder, [candidates])
  const scores = rankedScores(ranker, evidenceRows(candidates, weights, vectors))
  return evidence
    .map((each, i) => ({ evidence: each, score: scores[i] as number }))
    .sort((a, b) => b.score - a.score)
    .map(({ evidence: each, score }) => ({ evidence: each, chance: helpChance(ranker, score) }))
}
