import { Index, MetricKind, ScalarKind } from 'usearch'
import { type Refused, refused } from './picture/refused.ts'

export interface Neighbour {
  readonly id: string
  /** Of the cosine, −1 … 1. */
  readonly likeness: number
}

/** Where vectors are kept for their neighbours; a server may stand behind it as well. */
export interface Neighbours {
  readonly size: number
  /** In place of what the id had before. */
  put(id: string, vector: Float32Array): Refused | undefined
  remove(id: string): void
  /** The nearest first, at most so many. */
  nearest(vector: Float32Array, most: number): readonly Neighbour[] | Refused
}

/** In this process: a graph of near neighbours (Malkov and Yashunin, 2018) by usearch. */
export class EmbeddedNeighbours implements Neighbours {
  readonly #index: Index
  readonly #width: number
  readonly #keys = new Map<string, bigint>()
  readonly #ids = new Map<bigint, string>()
  #next = 0n

  constructor(width: number) {
    this.#width = width
    this.#index = new Index({
      dimensions: width,
      metric: MetricKind.Cos,
      quantization: ScalarKind.F32,
      connectivity: 16,
      expansion_add: 128,
      expansion_search: 128,
      multi: false,
    })
  }

  get size(): number {
    return this.#keys.size
  }

  put(id: string, vector: Float32Array): Refused | undefined {
    const unfit = this.#unfit(vector)
    if (unfit) return unfit
    this.remove(id)
    const key = this.#next
    this.#next += 1n
    this.#index.add(key, vector)
    this.#keys.set(id, key)
    this.#ids.set(key, id)
    return undefined
  }

  remove(id: string): void {
    const key = this.#keys.get(id)
    if (key === undefined) return
    this.#index.remove(key)
    this.#keys.delete(id)
    this.#ids.delete(key)
  }

  nearest(vector: Float32Array, most: number): readonly Neighbour[] | Refused {
    const unfit = this.#unfit(vector)
    if (unfit) return unfit
    if (this.size === 0) return []
    const { keys, distances } = this.#index.search(vector, Math.min(most, this.size), 1)
    return Array.from(keys, (key, i) => ({
      id: this.#ids.get(key) ?? '',
      likeness: 1 - (distances[i] ?? 2),
    })).filter(({ id }) => id !== '')
  }

  #unfit(vector: Float32Array): Refused | undefined {
    const fits = vector.length === this.#width && vector.every(Number.isFinite)
    return fits ? undefined : refused('VECTOR_UNFIT', `A vector is ${this.#width} finite numbers.`)
  }
}
