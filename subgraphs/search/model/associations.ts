import { runsOf } from './phrases.ts'
import { tooCommon } from './query-terms.ts'
import type { Stem } from './stems.ts'
import { tokensOf } from './tokens.ts'

export interface Described {
  readonly title: string
  /** All that is written about it, the title among it. */
  readonly text: string
}

/** So many products that say no more than others are added to those of a name. */
const doubtful = 5
/** A word on a larger share of products tells nothing apart. */
const everywhere = 0.1

/**
 * Which names of things go with which words, as a catalogue has them together: what is called a
 * kettle says `boil` and `water`. By pointwise mutual information (Church and Hanks, 1990), over
 * the words of a text.
 */
export class Associations {
  readonly #stem: Stem
  readonly #products: number
  /** Of each product, the places of the names that its title holds. */
  readonly #namesOf: readonly (readonly number[])[]
  /** How many products bear each name. */
  readonly #bearing: Int32Array
  readonly #saying = new Map<string, number[]>()

  constructor(products: readonly Described[], names: readonly string[], stem: Stem) {
    this.#stem = stem
    this.#products = products.length
    this.#bearing = new Int32Array(names.length)
    const places = new Map(names.map((name, place) => [name, place]))
    this.#namesOf = products.map(({ title }) =>
      Array.from(runsOf(title), (run) => places.get(run) ?? -1).filter((place) => place >= 0),
    )
    for (const place of this.#namesOf.flat()) {
      this.#bearing[place] = (this.#bearing[place] as number) + 1
    }
    products.forEach(({ text }, product) => {
      for (const word of this.#wordsOf(text)) this.#say(word, product)
    })
  }

  #say(word: string, product: number): void {
    const known = this.#saying.get(word)
    if (known) known.push(product)
    else this.#saying.set(word, [product])
  }

  /** Of each name by place: 1 for what goes best with the words of this text, 0 for what does not. */
  strengths(text: string): Float64Array {
    const strengths = new Float64Array(this.#bearing.length)
    for (const word of this.#wordsOf(text)) {
      const saying = this.#saying.get(word) ?? []
      const usual = saying.length / this.#products
      if (usual > everywhere) continue
      for (const [place, count] of this.#together(saying)) {
        const share = (count + doubtful * usual) / ((this.#bearing[place] as number) + doubtful)
        strengths[place] = (strengths[place] as number) + Math.max(0, Math.log(share / usual))
      }
    }
    const most = strengths.reduce((best, each) => Math.max(best, each), 0)
    return most > 0 ? strengths.map((each) => each / most) : strengths
  }

  /** How many of these products bear each name. */
  #together(products: readonly number[]): Map<number, number> {
    const counts = new Map<number, number>()
    for (const product of products) {
      for (const place of this.#namesOf[product] ?? []) {
        counts.set(place, (counts.get(place) ?? 0) + 1)
      }
    }
    return counts
  }

  #wordsOf(text: string): Set<string> {
    const words = tokensOf(text).filter((token) => !tooCommon.has(token.text))
    return new Set(words.map((token) => this.#stem(token.text)))
  }
}
