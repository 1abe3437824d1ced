import { termsOf } from './words.ts'

/** How telling each term is, and how long a text usually is. */
export interface TermWeights {
  readonly texts: number
  readonly meanLength: number
  readonly counts: ReadonlyMap<string, number>
}

export function termWeightsOf(texts: readonly string[]): TermWeights {
  const counts = new Map<string, number>()
  let length = 0
  for (const text of texts) {
    const terms = termsOf(text)
    length += terms.length
    for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return {
    texts: texts.length,
    meanLength: Math.max(1, length / Math.max(1, texts.length)),
    counts,
  }
}

export function weightOf({ texts, counts }: TermWeights, term: string): number {
  const count = counts.get(term) ?? 0
  return Math.log(1 + (texts - count + 0.5) / (count + 0.5))
}

/** BM25 (Robertson and Zaragoza, 2009) with k1 = 1.2 and b = 0.75. */
export function bm25(weights: TermWeights, question: readonly string[], terms: readonly string[]) {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  const long = 1.2 * (0.25 + (0.75 * terms.length) / weights.meanLength)
  return [...new Set(question)].reduce((sum, term) => {
    const count = counts.get(term) ?? 0
    return sum + (weightOf(weights, term) * count * 2.2) / (count + long)
  }, 0)
}

/** The share of the question's weight that the terms have. */
export function coverage(
  weights: TermWeights,
  question: readonly string[],
  terms: Iterable<string>,
) {
  const there = new Set(terms)
  const all = [...new Set(question)].map((term) => [term, weightOf(weights, term)] as const)
  const total = all.reduce((sum, [, weight]) => sum + weight, 0)
  const met = all.reduce((sum, [term, weight]) => sum + (there.has(term) ? weight : 0), 0)
  return total === 0 ? 0 : met / total
}
