import type { FacetCount, Filters } from './facets.ts'
import type { Reason } from './ranker.ts'

export interface SearchRequest {
  readonly text: string
  /** From 1 to 100. */
  readonly first: number
  readonly filters?: Filters
  readonly facets?: readonly string[]
  /** `keyword` looks at words alone, `semantic` at vectors alone. */
  readonly mode?: 'keyword' | 'semantic' | 'hybrid'
  /** Asks why each hit is where it is. */
  readonly explain?: boolean
}

export interface Hit {
  readonly id: string
  readonly score: number
  readonly why?: Explanation
}

export interface Explanation {
  readonly found: 'pinned' | 'words' | 'vectors'
  /** Stems of the query that the title holds. */
  readonly matched: readonly string[]
  readonly category: string
  readonly reasons: readonly Reason[]
}

export interface Found {
  readonly hits: readonly Hit[]
  readonly total: number
  readonly facets: Readonly<Record<string, readonly FacetCount[]>>
  /** What was searched for instead, where a word is known to nobody. */
  readonly corrected?: string
  /** What could not be asked, so that the answer is less than it could be. */
  readonly degraded: readonly ('vectors' | 'ranker')[]
}
