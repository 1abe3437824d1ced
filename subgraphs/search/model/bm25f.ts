import type { Bitset } from './bitset.ts'
import type { Postings } from './postings.ts'
import type { TermGroup } from './query-terms.ts'
import { SearchRefused } from './refusal.ts'
import type { StringTable } from './string-table.ts'

export interface FieldWeight {
  readonly name: string
  readonly weight: number
  /** How much a long field is held against the document, 0 to 1. */
  readonly b: number
}

export interface WordWeights {
  readonly k1: number
  readonly fields: readonly FieldWeight[]
  /** The share of the query that matched, to this power, multiplies the score. */
  readonly coverage: number
}

export interface Scored {
  readonly document: number
  readonly score: number
}

interface Corpus {
  readonly terms: StringTable
  readonly postings: Postings
  /** The length of a field of a document, in words. */
  readonly lengths: { readonly view: Uint8Array }
  readonly meanLengths: readonly number[]
  readonly size: number
}

/**
 * BM25F (Robertson, Zaragoza and Taylor, 2004): the frequencies of a term in the fields of a
 * document are weighed, added and only then saturated, so a word in title and description is not
 * two proofs. A group of alternatives counts once, by the best.
 */
export class Bm25f {
  readonly #weights: WordWeights
  #scores = new Float32Array()
  #matched = new Float32Array()
  #ofGroup = new Float32Array()

  constructor(weights: WordWeights) {
    checkWeights(weights)
    this.#weights = weights
  }

  /** All documents that pass and hold a term of any group, in no order. */
  score(corpus: Corpus, groups: readonly TermGroup[], passing: Bitset): Scored[] {
    this.#makeRoom(corpus.size)
    const touched: number[] = []
    for (const group of groups) this.#addGroup(corpus, { group, passing, touched })
    return touched.map((document) => {
      const share = (this.#matched[document] as number) / groups.length
      const score = (this.#scores[document] as number) * share ** this.#weights.coverage
      this.#scores[document] = 0
      this.#matched[document] = 0
      return { document, score }
    })
  }

  #addGroup(
    corpus: Corpus,
    { group, passing, touched }: { group: TermGroup; passing: Bitset; touched: number[] },
  ): void {
    const own: number[] = []
    const ofGroup = this.#ofGroup
    const known = group
      .map(({ text, weight }) => ({ term: corpus.terms.find(text), weight }))
      .filter(({ term }) => term >= 0)
    // As rare as its commonest word: a synonym is no better proof for being seldom written.
    const holding = Math.max(0, ...known.map(({ term }) => corpus.postings.count(term)))
    const scoreOf = this.#scorer(corpus, holding)
    for (const { term, weight } of known) {
      corpus.postings.each(term, (document, frequencies) => {
        if (!passing.has(document)) return
        const score = weight * scoreOf(document, frequencies)
        if (ofGroup[document] === 0) own.push(document)
        if (score > (ofGroup[document] as number)) ofGroup[document] = score
      })
    }
    for (const document of own) {
      if (this.#matched[document] === 0) touched.push(document)
      this.#scores[document] = (this.#scores[document] as number) + (ofGroup[document] as number)
      this.#matched[document] = (this.#matched[document] as number) + 1
      ofGroup[document] = 0
    }
  }

  #scorer(corpus: Corpus, holding: number) {
    const { k1, fields } = this.#weights
    const idf = Math.log(1 + (corpus.size - holding + 0.5) / (holding + 0.5))
    const lengths = corpus.lengths.view
    return (document: number, frequencies: Uint8Array): number => {
      let frequency = 0
      for (let f = 0; f < fields.length; f += 1) {
        const count = frequencies[f] as number
        if (count === 0) continue
        const { weight, b } = fields[f] as FieldWeight
        const length =
          (lengths[document * fields.length + f] as number) / (corpus.meanLengths[f] as number)
        frequency += (weight * count) / (1 - b + b * length)
      }
      return (idf * frequency) / (k1 + frequency)
    }
  }

  #makeRoom(size: number): void {
    if (this.#scores.length >= size) return
    const room = Math.max(1024, 2 ** Math.ceil(Math.log2(size)))
    this.#scores = new Float32Array(room)
    this.#matched = new Float32Array(room)
    this.#ofGroup = new Float32Array(room)
  }
}

function checkWeights({ k1, fields, coverage }: WordWeights): void {
  const numbers = [k1, coverage, ...fields.flatMap(({ weight, b }) => [weight, b])]
  const sound = numbers.every((value) => Number.isFinite(value) && value >= 0)
  if (sound && fields.length > 0 && fields.length <= 8 && fields.every(({ b }) => b <= 1)) return
  throw new SearchRefused(
    'SEARCH_BAD_WEIGHTS',
    'Weights are finite and not negative, b at most 1, for 1 to 8 fields.',
  )
}
