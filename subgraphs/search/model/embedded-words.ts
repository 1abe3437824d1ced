import { Bitset } from './bitset.ts'
import type { WordWeights } from './bm25f.ts'
import type { FacetCount, Filters } from './facets.ts'
import { Journal } from './journal.ts'
import type { TermGroup } from './query-terms.ts'
import { checkFirst } from './refusal.ts'
import { type Synonyms, synonymsFrom } from './synonyms.ts'
import type { WordAnswer, WordDocument, WordIndex, WordQuery } from './word-index.ts'
import { WordStore } from './word-store.ts'

interface Options {
  readonly weights: WordWeights
  readonly synonyms?: Synonyms
  /** Where it is kept across restarts; left out, it is in memory alone. */
  readonly file?: string
}

type Change = { put: WordDocument } | { remove: string }

/** The word index in this process. */
export class EmbeddedWords implements WordIndex {
  readonly store: WordStore
  readonly #journal: Journal<Change> | undefined

  private constructor(store: WordStore, journal: Journal<Change> | undefined) {
    this.store = store
    this.#journal = journal
  }

  static async open({
    weights,
    synonyms = synonymsFrom([]),
    file,
  }: Options): Promise<EmbeddedWords> {
    const store = new WordStore(weights, synonyms)
    if (!file) return new EmbeddedWords(store, undefined)
    const { journal, entries } = await Journal.open<Change>(file)
    for (const change of entries) {
      if ('put' in change) store.put(change.put)
      else store.remove(change.remove)
    }
    return new EmbeddedWords(store, journal)
  }

  async put(documents: readonly WordDocument[]): Promise<void> {
    await this.#journal?.append(documents.map((document) => ({ put: document })))
    for (const document of documents) this.store.put(document)
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#journal?.append(ids.map((id) => ({ remove: id })))
    for (const id of ids) this.store.remove(id)
  }

  async search(query: WordQuery): Promise<WordAnswer> {
    return searchIn(this.store, query)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#journal?.[Symbol.asyncDispose]()
  }
}

function searchIn(
  store: WordStore,
  { text, first, filters = {}, facets = [] }: WordQuery,
): WordAnswer {
  checkFirst(first)
  const groups = store.groupsOf(text)
  const scored = store.score(groups, store.facets.passing(filters))
  const found = bitsetOf(scored)
  const hits = store
    .best(scored, first)
    .map(({ document, score }) => ({ id: store.idOf(document), score }))
  const counted = facets.map((facet) => {
    const among = filters.facets?.[facet] ? foundWithout(store, { facet, groups, filters }) : found
    return [facet, store.facets.counts(facet, among)] as const
  })
  return { hits, total: scored.length, facets: Object.fromEntries<readonly FacetCount[]>(counted) }
}

/** What is found when the choice in this one facet is taken back. */
function foundWithout(
  store: WordStore,
  { facet, groups, filters }: { facet: string; groups: readonly TermGroup[]; filters: Filters },
): Bitset {
  const { [facet]: _, ...others } = filters.facets ?? {}
  return bitsetOf(store.score(groups, store.facets.passing({ ...filters, facets: others })))
}

function bitsetOf(scored: readonly { document: number }[]): Bitset {
  const bits = new Bitset()
  for (const { document } of scored) bits.add(document)
  return bits
}
