import { tooCommon } from './query-terms.ts'
import type { Phrase } from './suggestions.ts'
import { folded, isModelNumber } from './tokens.ts'

interface Limits {
  /** Phrases of fewer products are left out. */
  readonly fewest: number
  readonly most: number
}

const plainWord = /^[\p{L}][\p{L}\p{N}]*$/u
const clauseEnd = /[,;:()[\]|]+/
const shortNumber = /^\d{1,4}$/

/**
 * What could be typed, where no log of searches says: runs of one to three words that several
 * titles share, as popular as products that hold them; longer ones count for more, being rarer.
 */
export function phrasesOf(titles: Iterable<string>, { fewest, most }: Limits): Phrase[] {
  const counts = new Map<string, number>()
  for (const title of titles) {
    for (const phrase of runsOf(title)) counts.set(phrase, (counts.get(phrase) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= fewest)
    .map(([text, count]) => ({ text, popularity: count * text.split(' ').length }))
    .sort((a, b) => b.popularity - a.popularity || (a.text < b.text ? -1 : 1))
    .slice(0, most)
}

/** Runs within a title that no mark, number or little word breaks. */
export function runsOf(title: string): Set<string> {
  const clauses = folded(title).slice(0, 200).split(clauseEnd)
  return new Set(clauses.flatMap((clause) => runsWithin(clause.split(/\s+/))))
}

function runsWithin(words: readonly string[]): string[] {
  const runs: string[] = []
  for (let from = 0; from < words.length; from += 1) {
    for (let length = 1; length <= 3; length += 1) {
      const run = words.slice(from, from + length)
      if (run.length < length || !run.every(isPlain)) break
      runs.push(run.join(' '))
    }
  }
  return runs
}

/** A number may follow, as in `windows 10`, but not begin. */
const isPlain = (word: string, at: number) =>
  (at > 0 && shortNumber.test(word)) ||
  (plainWord.test(word) && !tooCommon.has(word) && !isModelNumber(word) && word.length > 1)

/** How many titles hold each word as it is written: what spelling corrects towards. */
export function wordCountsOf(texts: Iterable<readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const words of texts) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}
