import { QdrantClient } from '@qdrant/js-client-rest'
import type { Filters } from '../model/facets.ts'
import { uuidOf } from '../model/names.ts'
import { checkFirst, checkVector } from '../model/refusal.ts'
import type { VectorHit, VectorIndex, VectorPoint, VectorQuery } from '../model/vector-index.ts'

interface Options {
  readonly url: string
  readonly collection: string
  readonly dimensions: number
}

/** The vector index on Qdrant: a collection of one unnamed vector, cosine. */
export class QdrantVectors implements VectorIndex {
  readonly #client: QdrantClient
  readonly #collection: string
  readonly #dimensions: number

  private constructor({ url, collection, dimensions }: Options) {
    this.#client = new QdrantClient({ url, checkCompatibility: false, timeout: 10_000 })
    this.#collection = collection
    this.#dimensions = dimensions
  }

  /** Makes the collection where there is none. */
  static async open(options: Options): Promise<QdrantVectors> {
    const vectors = new QdrantVectors(options)
    const { exists } = await vectors.#client.collectionExists(options.collection)
    const shape = { size: options.dimensions, distance: 'Cosine' } as const
    if (!exists) await vectors.#client.createCollection(options.collection, { vectors: shape })
    return vectors
  }

  async put(points: readonly VectorPoint[]): Promise<void> {
    for (const { vector } of points) checkVector(vector, this.#dimensions)
    if (points.length === 0) return
    await this.#client.upsert(this.#collection, {
      wait: true,
      points: lastOfEach(points).map(rowOf),
    })
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await this.#client.delete(this.#collection, { wait: true, points: ids.map(uuidOf) })
  }

  async nearest({ vector, first, filters = {} }: VectorQuery): Promise<VectorHit[]> {
    checkFirst(first)
    checkVector(vector, this.#dimensions)
    const { points } = await this.#client.query(this.#collection, {
      query: [...vector],
      limit: first,
      filter: { must: conditionsOf(filters) },
      with_payload: ['id'],
    })
    return points
      .map(({ payload, score }) => ({ id: String(payload?.id), score }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  }

  /** Deletes the collection itself, for who made it for a while. */
  async drop(): Promise<void> {
    await this.#client.deleteCollection(this.#collection)
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** Qdrant's ids are UUIDs or integers; ours is kept beside the vector. */
const rowOf = ({ id, vector, facets = {}, numbers = {} }: VectorPoint) => ({
  id: uuidOf(id),
  vector: [...vector],
  payload: { id, facets, numbers },
})

/** Of a product named twice in one call the last counts, as it does in the embedded form. */
const lastOfEach = (points: readonly VectorPoint[]): VectorPoint[] => [
  ...new Map(points.map((point) => [point.id, point])).values(),
]

const conditionsOf = ({ facets = {}, numbers = {} }: Filters) => [
  ...Object.entries(facets).map(([facet, values]) => ({
    key: `facets.${facet}`,
    match: { any: [...values] },
  })),
  ...Object.entries(numbers).map(([name, { from, to }]) => ({
    key: `numbers.${name}`,
    range: { ...(from !== undefined && { gte: from }), ...(to !== undefined && { lte: to }) },
  })),
]
