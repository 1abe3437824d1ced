const perBlock = 4096

/** Vectors of length 1 by number, a byte a dimension and a scale each: an error of about 0.002. */
export class VectorRows {
  readonly #dimensions: number
  readonly #blocks: Int8Array[] = []
  readonly #scales: Float32Array[] = []

  constructor(dimensions: number) {
    this.#dimensions = dimensions
  }

  set(row: number, vector: Float32Array): void {
    const block = Math.floor(row / perBlock)
    while (this.#blocks.length <= block) {
      this.#blocks.push(new Int8Array(perBlock * this.#dimensions))
      this.#scales.push(new Float32Array(perBlock))
    }
    const [length, most] = [
      lengthOf(vector),
      vector.reduce((top, v) => Math.max(top, Math.abs(v)), 0),
    ]
    const at = (row % perBlock) * this.#dimensions
    const values = this.#blocks[block] as Int8Array
    for (let d = 0; d < this.#dimensions; d += 1) {
      values[at + d] = Math.round(((vector[d] as number) / most) * 127)
    }
    ;(this.#scales[block] as Float32Array)[row % perBlock] = most / (127 * length)
  }

  cosine(vector: Float32Array, row: number): number {
    const block = Math.floor(row / perBlock)
    const values = this.#blocks[block] as Int8Array
    const at = (row % perBlock) * this.#dimensions
    let sum = 0
    for (let d = 0; d < this.#dimensions; d += 1) {
      sum += (vector[d] as number) * (values[at + d] as number)
    }
    return (
      (sum * ((this.#scales[block] as Float32Array)[row % perBlock] as number)) / lengthOf(vector)
    )
  }
}

const lengthOf = (vector: Float32Array): number => {
  let square = 0
  for (const value of vector) square += value * value
  return Math.sqrt(square)
}
