import type { Associations } from './associations.ts'
import { best } from './best.ts'
import type { Encoder } from './encoder.ts'
import { VectorRows } from './vector-rows.ts'

export interface Concept {
  readonly name: string
  /** The cosine, and more where the words of the text go with the name. */
  readonly nearness: number
}

interface Asked {
  readonly vector: Float32Array
  readonly text: string
  readonly most: number
  readonly within: number
}

/** What an encoder cannot know the catalogue tells; from 0.1 to 0.5 the gain was much the same. */
const told = 0.3

/**
 * What things are called in a catalogue, by meaning: `clean my teeth` is near `toothbrush`. A title
 * is mostly brand, model and measures, and its vector with it; its name for the thing is clean.
 */
export class Concepts {
  readonly #names: readonly string[]
  readonly #rows: VectorRows

  readonly #associations: Associations | undefined

  private constructor(names: readonly string[], rows: VectorRows, associations?: Associations) {
    this.#names = names
    this.#rows = rows
    this.#associations = associations
  }

  static async from(
    names: readonly string[],
    encoder: Pick<Encoder, 'dimensions' | 'encode'>,
    associated?: (names: readonly string[]) => Associations,
  ): Promise<Concepts> {
    const vectors = await encoder.encode(names)
    const rows = new VectorRows(encoder.dimensions)
    const known = names.filter((_, at) => vectors[at])
    for (const [at, vector] of vectors.filter((each) => each !== null).entries())
      rows.set(at, vector)
    return new Concepts(known, rows, associated?.(known))
  }

  /** The nearest names, none much farther than the first. */
  near({ vector, text, most, within }: Asked): Concept[] {
    const strengths = this.#associations?.strengths(text)
    const all = this.#names.map((name, at) => ({
      name,
      nearness: this.#rows.cosine(vector, at) + told * (strengths?.[at] ?? 0),
    }))
    const nearest = best(all, most, (a, b) => b.nearness - a.nearness || (a.name < b.name ? -1 : 1))
    const least = (nearest[0]?.nearness ?? 0) - within
    return nearest.filter(({ nearness }) => nearness >= least)
  }
}
