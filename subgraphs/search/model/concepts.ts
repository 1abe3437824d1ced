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

/**
 * What the catalogue may add to a cosine: much where the encoder is the built one (from 0.1 to 0.5
 * the gain was the same), little for MiniLM, to which 0.2 did harm.
 */
const toldTo = (encoder: string) => (encoder === 'minilm' ? 0.05 : 0.3)

/**
 * What things are called in a catalogue, by meaning: `clean my teeth` is near `toothbrush`. A title
 * is mostly brand, model and measures, and its vector with it; its name for the thing is clean.
 */
export class Concepts {
  readonly #names: readonly string[]
  readonly #rows: VectorRows

  readonly #told: (text: string) => Float64Array | undefined

  private constructor(
    names: readonly string[],
    rows: VectorRows,
    told: (text: string) => Float64Array | undefined,
  ) {
    this.#names = names
    this.#rows = rows
    this.#told = told
  }

  static async from(
    names: readonly string[],
    encoder: Pick<Encoder, 'name' | 'dimensions' | 'encode'>,
    associated?: (names: readonly string[]) => Associations,
  ): Promise<Concepts> {
    const vectors = await encoder.encode(names)
    const rows = new VectorRows(encoder.dimensions)
    const known = names.filter((_, at) => vectors[at])
    for (const [at, vector] of vectors.filter((each) => each !== null).entries())
      rows.set(at, vector)
    const [associations, most] = [associated?.(known), toldTo(encoder.name)]
    return new Concepts(known, rows, (text) =>
      associations?.strengths(text).map((strength) => most * strength),
    )
  }

  /** The nearest names, none much farther than the first. */
  near({ vector, text, most, within }: Asked): Concept[] {
    const told = this.#told(text)
    const all = this.#names.map((name, at) => ({
      name,
      nearness: this.#rows.cosine(vector, at) + (told?.[at] ?? 0),
    }))
    const nearest = best(all, most, (a, b) => b.nearness - a.nearness || (a.name < b.name ? -1 : 1))
    const least = (nearest[0]?.nearness ?? 0) - within
    return nearest.filter(({ nearness }) => nearness >= least)
  }
}
