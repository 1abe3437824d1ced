import { best } from './best.ts'
import type { Encoder } from './encoder.ts'
import { VectorRows } from './vector-rows.ts'

export interface Concept {
  readonly name: string
  readonly cosine: number
}

/**
 * What things are called in a catalogue, by meaning: `clean my teeth` is near `toothbrush`. A title
 * is mostly brand, model and measures, and its vector with it; its name for the thing is clean.
 */
export class Concepts {
  readonly #names: readonly string[]
  readonly #rows: VectorRows

  private constructor(names: readonly string[], rows: VectorRows) {
    this.#names = names
    this.#rows = rows
  }

  static async from(
    names: readonly string[],
    encoder: Pick<Encoder, 'dimensions' | 'encode'>,
  ): Promise<Concepts> {
    const vectors = await encoder.encode(names)
    const rows = new VectorRows(encoder.dimensions)
    const known = names.filter((_, at) => vectors[at])
    for (const [at, vector] of vectors.filter((each) => each !== null).entries())
      rows.set(at, vector)
    return new Concepts(known, rows)
  }

  /** The nearest names, none much farther than the first. */
  near(vector: Float32Array, { most, within }: { most: number; within: number }): Concept[] {
    const all = this.#names.map((name, at) => ({ name, cosine: this.#rows.cosine(vector, at) }))
    const nearest = best(all, most, (a, b) => b.cosine - a.cosine || (a.name < b.name ? -1 : 1))
    const least = (nearest[0]?.cosine ?? 0) - within
    return nearest.filter(({ cosine }) => cosine >= least)
  }
}
