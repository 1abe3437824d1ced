import { Bitset } from './bitset.ts'
import { growingNumbers } from './growing.ts'

/** What a product can be narrowed by: brand, category, colour; price, weight. */
export interface Faceted {
  readonly facets?: Readonly<Record<string, readonly string[]>>
  readonly numbers?: Readonly<Record<string, number>>
}

/** A product passes that has one of the values of each facet, and lies in each range. */
export interface Filters {
  readonly facets?: Readonly<Record<string, readonly string[]>>
  /** From and to, both included; open where left out. */
  readonly numbers?: Readonly<Record<string, { readonly from?: number; readonly to?: number }>>
}

export interface FacetCount {
  readonly value: string
  readonly count: number
}

export interface FacetsState {
  values: [facet: string, values: [value: string, words: Uint32Array][]][]
  numbers: [name: string, values: Float64Array][]
  live: Uint32Array
  size: number
}

/** Values of products by number, as sets of bits: narrowing is `and`, counting is counting ones. */
export class Facets {
  readonly #values: Map<string, Map<string, Bitset>>
  readonly #numbers: Map<string, ReturnType<typeof growingNumbers>>
  readonly #live: Bitset
  #size: number

  constructor(state?: FacetsState) {
    this.#values = new Map(state?.values.map(([facet, values]) => [facet, bitsetsOf(values)]))
    this.#numbers = new Map(state?.numbers.map(([name, v]) => [name, growingNumbers(v)]))
    this.#live = new Bitset(state?.live)
    this.#size = state?.size ?? 0
  }

  add(document: number, { facets = {}, numbers = {} }: Faceted): void {
    this.#live.add(document)
    this.#size = Math.max(this.#size, document + 1)
    for (const [facet, values] of Object.entries(facets)) {
      for (const value of values) this.#bits(facet, value).add(document)
    }
    for (const [name, value] of Object.entries(numbers)) this.#column(name).set(document, value)
  }

  remove(document: number): void {
    this.#live.delete(document)
  }

  has(document: number): boolean {
    return this.#live.has(document)
  }

  get size(): number {
    return this.#live.count()
  }

  /** Who passes, of those not removed. */
  passing({ facets = {}, numbers = {} }: Filters = {}): Bitset {
    let passing = this.#live
    for (const [facet, values] of Object.entries(facets)) {
      const any = values.map((value) => this.#values.get(facet)?.get(value) ?? new Bitset())
      passing = passing.and(any.reduce((sum, bits) => sum.or(bits), new Bitset()))
    }
    for (const [name, range] of Object.entries(numbers)) {
      passing = passing.and(this.#within(name, range))
    }
    return passing
  }

  /** How many of `among` have each value, the most first, at most 100; none are left out. */
  counts(facet: string, among: Bitset): FacetCount[] {
    return [...(this.#values.get(facet) ?? [])]
      .map(([value, bits]) => ({ value, count: bits.countWith(among) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, 100)
  }

  get state(): FacetsState {
    return {
      values: [...this.#values].map(([facet, values]) => [
        facet,
        [...values].map(([value, bits]) => [value, bits.words]),
      ]),
      numbers: [...this.#numbers].map(([name, column]) => [name, column.view]),
      live: this.#live.words,
      size: this.#size,
    }
  }

  #bits(facet: string, value: string): Bitset {
    const values = this.#values.get(facet) ?? new Map<string, Bitset>()
    this.#values.set(facet, values)
    const bits = values.get(value) ?? new Bitset()
    values.set(value, bits)
    return bits
  }

  /** A product without the number holds NaN there, which lies in no range. */
  #column(name: string) {
    const known = this.#numbers.get(name)
    if (known) return known
    const column = growingNumbers()
    this.#numbers.set(name, column)
    return column
  }

  #within(
    name: string,
    { from = -Infinity, to = Infinity }: { from?: number; to?: number },
  ): Bitset {
    const within = new Bitset()
    const column = this.#numbers.get(name)?.view ?? new Float64Array()
    for (let document = 0; document < Math.min(this.#size, column.length); document += 1) {
      const value = column[document] as number
      if (value >= from && value <= to) within.add(document)
    }
    return within
  }
}

const bitsetsOf = (values: [string, Uint32Array][]) =>
  new Map(values.map(([value, words]) => [value, new Bitset(words)]))
