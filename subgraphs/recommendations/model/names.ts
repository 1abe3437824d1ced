/** Names in the order they came, and the place of each: what the shop calls ids, a matrix counts. */
export class Names {
  readonly all: readonly string[]
  readonly #places: ReadonlyMap<string, number>

  constructor(names: Iterable<string>) {
    this.all = [...new Set(names)]
    this.#places = new Map(this.all.map((name, place) => [name, place]))
  }

  get count(): number {
    return this.all.length
  }

  /** Undefined for a name that was not there. */
  placeOf(name: string): number | undefined {
    return this.#places.get(name)
  }

  nameOf(place: number): string {
    return this.all[place] as string
  }
}
