import { typingCost } from './keyboard.ts'
import { isModelNumber, tokensOf } from './tokens.ts'

/** Deletes of the beginning alone are kept: long words differ early enough. */
const prefix = 8
const shortest = 3

export interface Correction {
  readonly text: string
  readonly changed: boolean
}

interface Candidate {
  readonly word: string
  readonly cost: number
  readonly count: number
}

/**
 * Corrects words by symmetric deletes (Garbe's SymSpell, 2012): a word and a slip of it become
 * the same string when letters are left out of both, so nothing is searched, only looked up.
 * What is found is ordered by the cost of typing it so, and by how common it is.
 */
export class Spelling {
  readonly #counts: ReadonlyMap<string, number>
  readonly #byDelete = new Map<string, number[]>()
  readonly #words: string[]
  readonly #most: number

  /** Words as they are written, folded, with the number of products that hold each. */
  constructor(counts: ReadonlyMap<string, number>) {
    this.#counts = counts
    this.#most = largest(counts.values())
    this.#words = [...counts.keys()].filter(
      (word) => word.length >= shortest && !isModelNumber(word),
    )
    this.#words.forEach((word, at) => {
      for (const key of deletesOf(word.slice(0, prefix), 2)) {
        const known = this.#byDelete.get(key)
        if (known) known.push(at)
        else this.#byDelete.set(key, [at])
      }
    })
  }

  /** The text with each unknown word as it was most probably meant; known words are left alone. */
  correct(text: string): Correction {
    const words = tokensOf(text).map((token) => token.text)
    const meant = words.map((word) => this.suggestions(word)[0] ?? word)
    const changed = meant.some((word, at) => word !== words[at])
    return { text: changed ? meant.join(' ') : text, changed }
  }

  /** Up to five words, the most probable first; none for a word that is known or no word at all. */
  suggestions(word: string): string[] {
    if (word.length < shortest || this.#counts.has(word) || isModelNumber(word)) return []
    return this.#candidates(word)
      .sort((a, b) => this.#order(a) - this.#order(b) || (a.word < b.word ? -1 : 1))
      .slice(0, 5)
      .map((candidate) => candidate.word)
  }

  #candidates(word: string): Candidate[] {
    const most = word.length < 4 ? 1.35 : 2.35
    const seen = new Set<number>()
    for (const key of deletesOf(word.slice(0, prefix), 2)) {
      for (const at of this.#byDelete.get(key) ?? []) seen.add(at)
    }
    return [...seen]
      .map((at) => this.#words[at] as string)
      .filter((known) => Math.abs(known.length - word.length) <= 2)
      .map((known) => ({
        word: known,
        cost: typingCost(word, known),
        count: this.#counts.get(known) ?? 0,
      }))
      .filter(({ cost }) => cost <= most)
  }

  /** A word ten times as common makes up for a fifth of an edit. */
  #order({ cost, count }: Candidate): number {
    return cost - 0.2 * Math.log10(Math.max(1, count) / this.#most)
  }
}

/** At least 1; a catalogue has more words than a call may have arguments. */
function largest(counts: Iterable<number>): number {
  let most = 1
  for (const count of counts) most = Math.max(most, count)
  return most
}

/** The word, and all that is left of it without up to so many letters. */
export function deletesOf(word: string, most: number): Set<string> {
  const all = new Set([word])
  let last = all
  for (let round = 0; round < most; round += 1) {
    last = new Set([...last].flatMap(withoutOne).filter((shorter) => !all.has(shorter)))
    for (const shorter of last) all.add(shorter)
  }
  return all
}

const withoutOne = (word: string): string[] =>
  word.length < 2
    ? []
    : Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1))
