import { Index, MetricKind, ScalarKind } from 'usearch'
import { best } from './best.ts'
import type { Bitset } from './bitset.ts'
import { Facets } from './facets.ts'
import { Journal } from './journal.ts'
import { Numbering } from './numbering.ts'
import { checkFirst, checkVector } from './refusal.ts'
import type { VectorHit, VectorIndex, VectorPoint, VectorQuery } from './vector-index.ts'
import { VectorRows } from './vector-rows.ts'

interface Options {
  readonly dimensions: number
  /** Where it is kept across restarts; left out, it is in memory alone. */
  readonly file?: string
}

type Stored = Omit<VectorPoint, 'vector'> & { vector: string }
type Change = { put: Stored } | { remove: string }

/** Below so many that pass the filters, all of them are looked at: a graph would be left early. */
const fewEnough = 2_000

/**
 * The vector index in this process: a graph of near neighbours (HNSW, Malkov and Yashunin, 2018;
 * by usearch, half precision), with the rows beside it for what the graph cannot answer.
 */
export class EmbeddedVectors implements VectorIndex {
  readonly #dimensions: number
  readonly #graph: Index
  readonly #rows: VectorRows
  readonly #points = new Numbering()
  readonly #facets = new Facets()
  #journal: Journal<Change> | undefined

  private constructor(dimensions: number) {
    this.#dimensions = dimensions
    this.#rows = new VectorRows(dimensions)
    this.#graph = new Index({
      dimensions,
      metric: MetricKind.Cos,
      quantization: ScalarKind.F16,
      connectivity: 16,
      expansion_add: 96,
      expansion_search: 96,
      multi: false,
    })
  }

  static async open({ dimensions, file }: Options): Promise<EmbeddedVectors> {
    const index = new EmbeddedVectors(dimensions)
    if (!file) return index
    const { journal, entries } = await Journal.open<Change>(file)
    for (const change of entries) {
      if ('put' in change) index.#put({ ...change.put, vector: floatsIn(change.put.vector) })
      else index.#remove(change.remove)
    }
    index.#journal = journal
    return index
  }

  async put(points: readonly VectorPoint[]): Promise<void> {
    for (const { vector } of points) checkVector(vector, this.#dimensions)
    const changes = points.map((point) => ({ put: { ...point, vector: textOf(point.vector) } }))
    await this.#journal?.append(changes)
    for (const point of points) this.#put(point)
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#journal?.append(ids.map((id) => ({ remove: id })))
    for (const id of ids) this.#remove(id)
  }

  async nearest({ vector, first, filters }: VectorQuery): Promise<VectorHit[]> {
    checkFirst(first)
    checkVector(vector, this.#dimensions)
    if (!filters) return this.#near(vector, first)
    const passing = this.#facets.passing(filters)
    if (passing.count() <= fewEnough) return this.#exact(vector, passing, first)
    return this.#nearPassing(vector, { first, passing })
  }

  /** The cosine of this vector and the product's, or NaN where the product has none. */
  cosine(vector: Float32Array, id: string): number {
    const point = this.#points.find(id)
    return point === undefined ? Number.NaN : this.#rows.cosine(vector, point)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#journal?.[Symbol.asyncDispose]()
  }

  #put(point: VectorPoint): void {
    const { document, before } = this.#points.give(point.id)
    if (before !== undefined) this.#drop(before)
    this.#rows.set(document, point.vector)
    this.#graph.add(BigInt(document), point.vector, 1)
    this.#facets.add(document, point)
  }

  #remove(id: string): void {
    const before = this.#points.drop(id)
    if (before !== undefined) this.#drop(before)
  }

  #drop(point: number): void {
    this.#graph.remove(BigInt(point))
    this.#facets.remove(point)
  }

  #near(vector: Float32Array, first: number): VectorHit[] {
    const wanted = Math.min(first, this.#facets.size)
    if (wanted === 0) return []
    const { keys } = this.#graph.search(vector, wanted, 1)
    const near = Array.from(keys, Number).filter((point) => this.#facets.has(point))
    return this.#ordered(vector, near, first)
  }

  /** Asks the graph for more and more, until enough of what it gives passes. */
  #nearPassing(vector: Float32Array, { first, passing }: { first: number; passing: Bitset }) {
    for (let wanted = first * 4; wanted < this.#facets.size; wanted *= 4) {
      const { keys } = this.#graph.search(vector, wanted, 1)
      const near = Array.from(keys, Number).filter((point) => passing.has(point))
      if (near.length >= first) return this.#ordered(vector, near, first)
    }
    return this.#exact(vector, passing, first)
  }

  #exact(vector: Float32Array, passing: Bitset, first: number): VectorHit[] {
    return this.#ordered(vector, [...passing.members()], first)
  }

  #ordered(vector: Float32Array, points: readonly number[], first: number): VectorHit[] {
    const hits = points.map((point) => ({
      id: this.#points.idOf(point),
      score: this.#rows.cosine(vector, point),
    }))
    return best(hits, first, (a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  }
}

const textOf = (vector: Float32Array): string =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64')

function floatsIn(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64')
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
