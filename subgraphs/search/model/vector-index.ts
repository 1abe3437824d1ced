import type { Faceted, Filters } from './facets.ts'

export interface VectorPoint extends Faceted {
  readonly id: string
  readonly vector: Float32Array
}

export interface VectorQuery {
  readonly vector: Float32Array
  /** From 1 to 1,000. */
  readonly first: number
  readonly filters?: Filters
}

export interface VectorHit {
  readonly id: string
  /** The cosine, −1 to 1. */
  readonly score: number
}

/**
 * Finds products by the direction of their vectors. One form is in this process, one is Qdrant;
 * both pass the same contract test. What `put` or `remove` has answered is what the next
 * `nearest` sees, and what is there after a restart.
 */
export interface VectorIndex extends AsyncDisposable {
  /**
   * A point of a known id takes the place of the one before, whole. Throws a `SearchRefused`, and
   * keeps none of these points, where a vector has other dimensions, is zero or is not finite.
   */
  put(points: readonly VectorPoint[]): Promise<void>
  /** Ids that are not there are no error. */
  remove(ids: readonly string[]): Promise<void>
  /** Nearest first. */
  nearest(query: VectorQuery): Promise<VectorHit[]>
}
