import { best } from './best.ts'
import type { Bitset } from './bitset.ts'
import { Bm25f, type Scored, type WordWeights } from './bm25f.ts'
import { Facets } from './facets.ts'
import { growingBytes } from './growing.ts'
import { Numbering } from './numbering.ts'
import { Postings } from './postings.ts'
import { type TermGroup, termGroupsOf, type Vocabulary } from './query-terms.ts'
import { englishStems } from './stems.ts'
import { StringTable } from './string-table.ts'
import type { Synonyms } from './synonyms.ts'
import { type Token, tokensOf } from './tokens.ts'
import type { WordDocument } from './word-index.ts'

const longestField = 255

/** Documents and their words in memory, outside the JavaScript heap but for their facets. */
export class WordStore {
  readonly facets = new Facets()
  readonly vocabulary: Vocabulary
  #weights: WordWeights
  #scorer: Bm25f
  readonly #terms = new StringTable()
  readonly #postings = new Postings()
  readonly #documents = new Numbering()
  readonly #lengths = growingBytes()
  readonly #totals: number[]

  constructor(weights: WordWeights, synonyms: Synonyms) {
    this.#weights = weights
    this.#scorer = new Bm25f(weights)
    this.#totals = weights.fields.map(() => 0)
    const holds = (term: string) => this.documentsWith(term) > 0
    this.vocabulary = { stem: englishStems(), synonyms, holds }
  }

  put(document: WordDocument): void {
    const { document: number, before } = this.#documents.give(document.id)
    if (before !== undefined) this.facets.remove(before)
    const frequencies = new Map<number, Uint8Array>()
    this.#weights.fields.forEach(({ name }, field) => {
      const tokens = tokensOf(document.fields[name] ?? '')
      for (const token of tokens) this.#count(frequencies, { token, field })
      const length = Math.min(longestField, Math.max(1, tokens.length))
      this.#lengths.set(number * this.#totals.length + field, length)
      this.#totals[field] = (this.#totals[field] as number) + length
    })
    for (const [term, counts] of frequencies) this.#postings.add(term, number, counts)
    this.facets.add(number, document)
  }

  remove(id: string): void {
    const before = this.#documents.drop(id)
    if (before !== undefined) this.facets.remove(before)
  }

  /** How many documents hold this stem, those since removed included. */
  documentsWith(stem: string): number {
    const term = this.#terms.find(stem)
    return term < 0 ? 0 : this.#postings.count(term)
  }

  groupsOf(text: string): TermGroup[] {
    return termGroupsOf(text, this.vocabulary)
  }

  /** The number of a document that is there. */
  numberOf(id: string): number | undefined {
    return this.#documents.find(id)
  }

  idOf(document: number): string {
    return this.#documents.idOf(document)
  }

  get size(): number {
    return this.facets.size
  }

  /** Scores by other weights from now on, of the same fields in the same order. */
  rescore(weights: WordWeights): void {
    this.#scorer = new Bm25f(weights)
    this.#weights = weights
  }

  score(groups: readonly TermGroup[], passing: Bitset): Scored[] {
    const size = Math.max(1, this.#documents.size)
    const corpus = {
      terms: this.#terms,
      postings: this.#postings,
      lengths: this.#lengths,
      meanLengths: this.#totals.map((total) => total / size),
      size: this.#documents.size,
    }
    return this.#scorer.score(corpus, groups, passing)
  }

  best(scored: readonly Scored[], first: number): Scored[] {
    return best(scored, first, (a, b) => b.score - a.score || this.#byId(a, b))
  }

  /** By id, not by number, so that the order outlives a rebuilt index. */
  #byId(a: Scored, b: Scored): number {
    return this.idOf(a.document) < this.idOf(b.document) ? -1 : 1
  }

  #count(frequencies: Map<number, Uint8Array>, { token, field }: { token: Token; field: number }) {
    for (const text of [token.text, ...token.parts]) {
      const term = this.#terms.add(this.vocabulary.stem(text))
      const counts = frequencies.get(term) ?? new Uint8Array(this.#totals.length)
      frequencies.set(term, counts)
      counts[field] = Math.min(255, (counts[field] as number) + 1)
    }
  }
}
