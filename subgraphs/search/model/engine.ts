import type { Product } from './catalogue.ts'
import { type Candidate, type Question, questionOf } from './features.ts'
import { fused } from './fusion.ts'
import type { Meaning, Near } from './meaning.ts'
import type { QueryClassifier } from './query-classifier.ts'
import { type TermGroup, tooCommon } from './query-terms.ts'
import { ownReasons, type Ranker, unranked } from './ranker.ts'
import { checkFirst } from './refusal.ts'
import type { Explanation, Found, Hit, SearchRequest } from './search-answer.ts'
import type { Spelling } from './spelling.ts'
import { tokensOf } from './tokens.ts'
import type { WordAnswer, WordIndex } from './word-index.ts'

/** How many candidates are found, and put in order by the ranker. */
const depth = 100
const kindsOfThings = 60

export interface Parts {
  readonly words: WordIndex
  readonly groupsOf: (text: string) => TermGroup[]
  /** How many products hold this stem. */
  readonly documentsWith: (stem: string) => number
  readonly products: ReadonlyMap<string, Product>
  readonly classifier: QueryClassifier
  readonly spelling: Spelling
  readonly pins?: (text: string) => readonly string[]
  readonly ranker?: Ranker | undefined
  /** Without it, words alone are searched and the answer says so. */
  readonly meaning?: Meaning | undefined
}

/** One search from the text to the page: corrected, found by words and vectors, put in order. */
export class SearchEngine {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A text without words finds nothing. Throws a `SearchRefused` for a `first` out of range. */
  async search(request: SearchRequest): Promise<Found> {
    checkFirst(request.first)
    const { text, corrected } = this.#spelled(request.text)
    const [answer, near] = await Promise.all([this.#byWords(request, text), this.#near(request)])
    const ordered = this.#ordered(request, { text, answer, near })
    const pinned = await this.#pinned(request, answer)
    const rest = ordered.hits.filter(({ id }) => !pinned.some((pin) => pin.id === id))
    const lost = near.lost ? (['vectors'] as const) : []
    return {
      hits: [...pinned, ...rest].slice(0, request.first),
      total: Math.max(answer.total, ordered.hits.length),
      facets: answer.facets,
      ...(corrected && { corrected: text }),
      degraded: [...lost, ...(this.#parts.ranker ? [] : (['ranker'] as const))],
    }
  }

  /** What the ranker is asked about a text: the question, and what words found, the best first. */
  async examined(text: string): Promise<{ question: Question; candidates: Candidate[] }> {
    const request = { text, first: depth }
    const [answer, near] = await Promise.all([this.#byWords(request, text), this.#near(request)])
    const candidates = this.#candidates(answer, near).filter(({ wordScore }) => wordScore > 0)
    return { question: this.#question(text, candidates), candidates }
  }

  /** Only a name with a word that no product has is corrected: a sentence may have any word. */
  #spelled(text: string): { text: string; corrected: boolean } {
    if (isSentence(text) || this.#isKnown(text)) return { text, corrected: false }
    const { text: meant, changed } = this.#parts.spelling.correct(text)
    return { text: meant, corrected: changed }
  }

  #byWords({ mode, filters, facets }: SearchRequest, text: string): Promise<WordAnswer> {
    const asked = mode === 'semantic' ? '' : text
    return this.#parts.words.search({
      text: asked,
      first: depth,
      ...(filters && { filters }),
      ...(facets && { facets }),
    })
  }

  /** An encoder or index that fails is told, not passed on: words still find most. */
  async #near({ mode, filters, text }: SearchRequest): Promise<Sensed> {
    const { meaning } = this.#parts
    if (mode === 'keyword' || tokensOf(text).length === 0) return { hits: [], lost: false }
    if (!meaning) return { hits: [], lost: true }
    const wordy = isSentence(text) || !this.#isKnown(text)
    try {
      const near = await meaning.near({ text, first: depth, wordy, filters })
      return { ...near, lost: false }
    } catch {
      return { hits: [], lost: true }
    }
  }

  /** Whether each word of a text is on some product, in one of its forms. */
  #isKnown(text: string): boolean {
    const { groupsOf, documentsWith } = this.#parts
    return groupsOf(text).every((group) => group.some((term) => documentsWith(term.text) > 0))
  }

  #ordered({ explain = false }: SearchRequest, { text, answer, near }: Gathered): { hits: Hit[] } {
    const candidates = this.#candidates(answer, near)
    const question = this.#question(text, candidates)
    const byWords = candidates.filter(({ wordScore }) => wordScore > 0)
    const ranked = this.#parts.ranker?.rank(question, byWords) ?? unranked(question, byWords)
    const nearest = new Map(near.hits.map(({ id }, rank) => [id, rank]))
    const order = fused(ranked, candidates, { question, nearest, wordy: isSentence(text) })
    return {
      hits: order.map(({ candidate, score }) => ({
        id: candidate.product.id,
        score,
        ...(explain && { why: this.#why(question, candidate) }),
      })),
    }
  }

  #candidates(answer: WordAnswer, near: Near): Candidate[] {
    const { meaning, products } = this.#parts
    const cosine = (id: string) =>
      near.vector && meaning ? meaning.cosine(near.vector, id) : Number.NaN
    const byWords = answer.hits.map(({ id, score }, rank) => ({
      id,
      wordScore: score,
      wordRank: rank,
    }))
    const seen = new Set(byWords.map(({ id }) => id))
    const byVectors = near.hits
      .filter(({ id }) => !seen.has(id))
      .map(({ id }) => ({ id, wordScore: 0, wordRank: depth }))
    return [...byWords, ...byVectors].flatMap(({ id, ...found }) => {
      const product = products.get(id)
      return product ? [{ product, ...found, cosine: cosine(id) }] : []
    })
  }

  #question(text: string, candidates: readonly Candidate[]): Question {
    const { groupsOf, classifier, documentsWith } = this.#parts
    const groups = groupsOf(text)
    const own = groups.flatMap((group) => group.slice(0, 1).map((term) => term.text))
    const common = (stem: string) => !colours.has(stem) && documentsWith(stem) > kindsOfThings
    return questionOf({ groups, categories: classifier.chances(own), common }, candidates)
  }

  /** Pins that pass the filters; a pin that is no product any more is passed over. */
  async #pinned({ text, filters, explain }: SearchRequest, answer: WordAnswer): Promise<Hit[]> {
    const { pins, products } = this.#parts
    const ids = (pins?.(text) ?? []).filter((id) => products.has(id))
    const found = new Set(answer.hits.map(({ id }) => id))
    return ids
      .filter((id) => !filters || found.has(id))
      .map((id) => ({ id, score: 1, ...(explain && { why: whyPinned(products.get(id)) }) }))
  }

  #why(question: Question, candidate: Candidate): Explanation {
    const { product, wordScore } = candidate
    const matched = question.groups.flatMap((group) =>
      group.filter(({ text }) => product.title.includes(text)).map(({ text }) => text),
    )
    return {
      found: wordScore > 0 ? 'words' : 'vectors',
      matched: [...new Set(matched)],
      category: product.category,
      reasons: (
        this.#parts.ranker?.reasons(question, candidate) ?? ownReasons(question, candidate)
      ).slice(0, 5),
    }
  }
}

interface Sensed extends Near {
  readonly lost: boolean
}

interface Gathered {
  text: string
  answer: WordAnswer
  near: Sensed
}

const colours = new Set(
  'black white silver grey gray blue red pink green gold for with and pc'.split(' '),
)

/** Four words or more, or with little words between: somebody describes rather than names. */
function isSentence(text: string): boolean {
  const words = tokensOf(text).map((token) => token.text)
  return words.length >= 4 || words.some((word) => tooCommon.has(word))
}

const whyPinned = (product: Product | undefined): Explanation => ({
  found: 'pinned',
  matched: [],
  category: product?.category ?? '',
  reasons: [],
})
