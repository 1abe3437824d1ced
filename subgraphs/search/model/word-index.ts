import type { FacetCount, Faceted, Filters } from './facets.ts'

export interface WordDocument extends Faceted {
  readonly id: string
  /** Text by field; a field that the index does not know is left out. */
  readonly fields: Readonly<Record<string, string>>
}

export interface WordQuery {
  readonly text: string
  /** From 1 to 1,000. */
  readonly first: number
  readonly filters?: Filters
  /** Facets to count: each over what passes all filters but its own, so a choice can be widened. */
  readonly facets?: readonly string[]
}

export interface WordHit {
  readonly id: string
  readonly score: number
}

export interface WordAnswer {
  /** Best first; equals in the order of their ids. */
  readonly hits: readonly WordHit[]
  /** How many matched, shown or not. */
  readonly total: number
  readonly facets: Readonly<Record<string, readonly FacetCount[]>>
}

/**
 * Finds products by their words. One form is in this process, one is Elasticsearch; both pass the
 * same contract test. What `put` or `remove` has answered is what the next `search` sees, and what
 * is there after a restart.
 */
export interface WordIndex extends AsyncDisposable {
  /** A document of a known id takes the place of the one before, whole. */
  put(documents: readonly WordDocument[]): Promise<void>
  /** Ids that are not there are no error. */
  remove(ids: readonly string[]): Promise<void>
  /** Throws a `SearchRefused` for a `first` out of range; a text without words finds nothing. */
  search(query: WordQuery): Promise<WordAnswer>
}
