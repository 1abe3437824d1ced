import type { Utterance } from './intents.ts'
import { wordsOf } from './words.ts'

/** The simple method that models are held against: words alone, add-one smoothing (Maron, 1961). */
export function naiveBayes(utterances: readonly Utterance[]): (text: string) => string {
  const classes = new Map<string, { counts: Map<string, number>; words: number; rows: number }>()
  const known = new Set<string>()
  for (const { text, intent } of utterances) {
    const own = classes.get(intent) ?? { counts: new Map<string, number>(), words: 0, rows: 0 }
    classes.set(intent, own)
    own.rows += 1
    for (const word of wordsOf(text)) {
      known.add(word)
      own.words += 1
      own.counts.set(word, (own.counts.get(word) ?? 0) + 1)
    }
  }
  return (text) => {
    const words = wordsOf(text).filter((word) => known.has(word))
    const scores = Array.from(classes, ([intent, { counts, words: total, rows }]) => {
      const each = words.map((word) =>
        Math.log(((counts.get(word) ?? 0) + 1) / (total + known.size)),
      )
      return { intent, score: each.reduce((sum, one) => sum + one, Math.log(rows)) }
    })
    return scores.reduce((a, b) => (b.score > a.score ? b : a)).intent
  }
}
