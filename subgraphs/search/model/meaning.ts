import type { Concepts } from './concepts.ts'
import type { Encoder } from './encoder.ts'
import type { Filters } from './facets.ts'
import type { VectorHit, VectorIndex } from './vector-index.ts'
import type { WordIndex } from './word-index.ts'

interface Parts {
  readonly encoder: Encoder
  readonly vectors: VectorIndex
  /** Of a vector and a product; NaN for a product without one. */
  readonly cosine: (vector: Float32Array, id: string) => number
  readonly concepts?: Concepts | undefined
}

export interface Near {
  readonly hits: readonly VectorHit[]
  readonly vector?: Float32Array
}

interface Asked {
  readonly text: string
  readonly first: number
  /** Whether it is a sentence, or words that no product has. */
  readonly wordy: boolean
  readonly filters?: Filters | undefined
}

/** The constant of rank fusion: low, since the first few that a name finds are what was meant. */
const flat = 5
/** How fast a concept loses weight with its nearness, and what the titles themselves weigh. */
const [sharpness, titles] = [4, 0.2]

/**
 * Finds by meaning. For a name that is the nearest titles. For a sentence it is first what the
 * nearest concepts find by their words: `my laptop gets too hot` asks for `notebook cooling pad`.
 */
export class Meaning {
  readonly #parts: Parts
  readonly #words: WordIndex

  constructor(parts: Parts, words: WordIndex) {
    this.#parts = parts
    this.#words = words
  }

  async near({ text, first, wordy, filters }: Asked): Promise<Near> {
    const { encoder, vectors, concepts } = this.#parts
    const [vector] = await encoder.encode([text])
    if (!vector) return { hits: [] }
    const asked = { first, ...(filters && { filters }) }
    const byTitle = await vectors.nearest({ vector, ...asked })
    if (!wordy || !concepts) return { hits: byTitle, vector }
    const sums = new Map<string, number>()
    const add = (hits: readonly { id: string }[], weight: number) =>
      hits.forEach(({ id }, rank) => {
        sums.set(id, (sums.get(id) ?? 0) + weight / (flat + rank))
      })
    add(byTitle, titles)
    const near = concepts.near({ vector, text, most: 8, within: 0.2 })
    for (const { name, nearness } of near) {
      const { hits } = await this.#words.search({ text: name, ...asked, first: 20 })
      add(hits, (nearness / (near[0]?.nearness ?? 1)) ** sharpness)
    }
    const order = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    return { hits: order.slice(0, first).map(([id, score]) => ({ id, score })), vector }
  }

  cosine(vector: Float32Array, id: string): number {
    return this.#parts.cosine(vector, id)
  }
}
