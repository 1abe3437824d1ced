/** Numbers outside the JavaScript heap, in an array that doubles when it is full. */
export class Growing<A extends Uint8Array | Uint32Array | Float64Array> {
  #values: A
  readonly #make: (length: number) => A

  constructor(make: (length: number) => A, values: A = make(64)) {
    this.#make = make
    this.#values = values
  }

  get(at: number): number {
    return this.#values[at] ?? 0
  }

  set(at: number, value: number): void {
    if (at >= this.#values.length) {
      const wider = this.#make(Math.max(at + 1, this.#values.length * 2))
      wider.set(this.#values as never)
      this.#values = wider
    }
    this.#values[at] = value
  }

  /** The array as it is now: a later `set` may leave it behind. */
  get view(): A {
    return this.#values
  }
}

export const growingBytes = (values?: Uint8Array) =>
  new Growing<Uint8Array>((length) => new Uint8Array(length), values)
export const growingWords = (values?: Uint32Array) =>
  new Growing<Uint32Array>((length) => new Uint32Array(length), values)
export const growingNumbers = (values?: Float64Array) =>
  new Growing<Float64Array>((length) => new Float64Array(length).fill(Number.NaN), values)
