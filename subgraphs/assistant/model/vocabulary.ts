import { gramsOf } from './words.ts'

/** The grams that were met at least twice, and how telling each is. */
export interface Vocabulary {
  readonly grams: readonly string[]
  readonly weights: readonly number[]
}

/** Smoothed inverse document frequency (Salton and Buckley, 1988). */
export function vocabularyOf(texts: readonly string[], least = 2): Vocabulary {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const gram of new Set(gramsOf(text))) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  const kept = [...counts].filter(([, count]) => count >= least)
  return {
    grams: kept.map(([gram]) => gram),
    weights: kept.map(([, count]) => 1 + Math.log((1 + texts.length) / (1 + count))),
  }
}

export type Entry = readonly [column: number, value: number]

/** A text as its grams: logarithm of the count times the weight, of length 1; unknown grams are nothing. */
export function rowsBy({ grams, weights }: Vocabulary): (text: string) => Entry[] {
  const places = new Map(grams.map((gram, place) => [gram, place]))
  return (text) => {
    const counts = new Map<number, number>()
    for (const gram of gramsOf(text)) {
      const place = places.get(gram)
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1)
    }
    const entries = Array.from(
      counts,
      ([place, count]): Entry => [place, (1 + Math.log(count)) * (weights[place] as number)],
    )
    const length = Math.sqrt(entries.reduce((sum, [, value]) => sum + value * value, 0)) || 1
    return entries.map(([place, value]): Entry => [place, value / length])
  }
}
