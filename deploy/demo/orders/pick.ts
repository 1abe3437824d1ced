import type { Chance } from '../chance.ts'

/** Draws indices in proportion to weights that are set anew from time to time. */
export class Weighted {
  readonly #sums: Float64Array
  #count = 0

  constructor(size: number) {
    this.#sums = new Float64Array(size)
  }

  get total(): number {
    return this.#count === 0 ? 0 : (this.#sums[this.#count - 1] ?? 0)
  }

  fill(count: number, weightOf: (index: number) => number): void {
    let sum = 0
    for (let index = 0; index < count; index += 1) {
      sum += weightOf(index)
      this.#sums[index] = sum
    }
    this.#count = count
  }

  /** The total must be above zero. An index of weight zero is never drawn. */
  draw(chance: Chance): number {
    const wanted = chance.next() * this.total
    let low = 0
    let high = this.#count - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
