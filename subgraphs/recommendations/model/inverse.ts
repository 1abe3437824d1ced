import type { Dense, LessProduct } from './multiply.ts'

/** The lower half of a symmetric matrix, in strips of `width` columns: see `stripsOf`. */
export interface Strips {
  readonly size: number
  readonly width: number
  /** Strip j holds rows j·width … of columns j·width … (j + 1)·width, row after row. */
  readonly strips: Dense[]
}

/** A matrix of zeros, `size` rounded up to whole strips; 1 on the diagonal of what was added. */
export function stripsOf(size: number, width: number): Strips {
  const count = Math.ceil(size / width)
  const strips = Array.from({ length: count }, (_, j) => {
    const rows = (count - j) * width
    return { rows, columns: width, values: new Float32Array(rows * width) }
  })
  const last = strips.at(-1)
  for (let i = size - (count - 1) * width; last && i < width; i += 1) last.values[i * width + i] = 1
  return { size, width, strips }
}

/** The place of row i, column j ≤ i. */
export function placeIn({ width, strips }: Strips, i: number, j: number): [Float32Array, number] {
  const strip = Math.floor(j / width)
  const { values } = strips[strip] as Dense
  return [values, (i - strip * width) * width + (j - strip * width)]
}

/** Row i of a swept matrix, both halves of it. */
export function rowInto(row: Float32Array, { width, strips }: Strips, i: number): void {
  const own = Math.floor(i / width)
  for (let j = 0; j < own; j += 1) {
    const from = (i - j * width) * width
    row.set((strips[j] as Dense).values.subarray(from, from + width), j * width)
  }
  const { values } = strips[own] as Dense
  const column = i - own * width
  for (let j = own * width; j < row.length; j += 1) {
    row[j] = values[(j - own * width) * width + column] as number
  }
}

/**
 * Turns a positive definite matrix into minus its inverse, in place, by the sweep operator
 * (Goodnight, 1979) on a block of columns at a time. What is swept stays symmetric, so half of it
 * is enough. Throws a RangeError where a pivot is not positive.
 */
export async function sweep(matrix: Strips, lessProduct: LessProduct): Promise<void> {
  for (const strip of matrix.strips) mirror(strip)
  for (let pivot = 0; pivot < matrix.strips.length; pivot += 1) {
    await sweepBlock(matrix, pivot, lessProduct)
  }
}

/** Writes the half of a diagonal block that nobody filled. */
function mirror({ columns, values }: Dense): void {
  for (let i = 0; i < columns; i += 1) {
    for (let j = 0; j < i; j += 1) values[j * columns + i] = values[i * columns + j] as number
  }
}

async function sweepBlock(matrix: Strips, pivot: number, lessProduct: LessProduct): Promise<void> {
  const { width, strips } = matrix
  const panel = panelOf(matrix, pivot)
  const inverse = inverted(block(panel, pivot, width), width)
  const empty = { ...panel, values: new Float32Array(panel.values.length) }
  // The inverse is symmetric, and the product is subtracted: panel·inverse, with its sign turned.
  const solved = (await lessProduct(empty, panel, inverse)).values.map((value) => -value)
  for (const [j, strip] of strips.entries()) {
    if (j === pivot) continue
    const below = { ...strip, values: solved.subarray(j * width * width) }
    const swept = await lessProduct(strip, below, block(panel, j, width))
    strips[j] = swept
    if (j < pivot) putTransposed(swept, pivot - j, block({ ...panel, values: solved }, j, width))
  }
  const own = strips[pivot] as Dense
  own.values.set(solved.subarray(pivot * width * width))
  own.values.set(inverse.values.map((value) => -value))
}

/** All rows of the pivot's columns; those above it stand transposed in the strips before. */
function panelOf({ width, strips }: Strips, pivot: number): Dense {
  const rows = strips.length * width
  const values = new Float32Array(rows * width)
  values.set((strips[pivot] as Dense).values, pivot * width * width)
  for (let j = 0; j < pivot; j += 1) {
    const above = { rows, columns: width, values: values.subarray(j * width * width) }
    putTransposed(above, 0, block(strips[j] as Dense, pivot - j, width))
  }
  return { rows, columns: width, values }
}

const block = ({ values }: Dense, at: number, width: number): Dense => ({
  rows: width,
  columns: width,
  values: values.subarray(at * width * width, (at + 1) * width * width),
})

function putTransposed(into: Dense, at: number, { columns, values }: Dense): void {
  const from = at * columns * columns
  for (let i = 0; i < columns; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      into.values[from + j * columns + i] = values[i * columns + j] as number
    }
  }
}

/** Of one small block, in double precision, by Gauss and Jordan without exchange of rows. */
function inverted({ values }: Dense, size: number): Dense {
  const a = Float64Array.from(values)
  for (let k = 0; k < size; k += 1) {
    const pivot = a[k * size + k] as number
    if (!(pivot > 0)) throw new RangeError('The matrix is not positive definite.')
    pivotOn(a, size, k)
  }
  return { rows: size, columns: size, values: Float32Array.from(a) }
}

function pivotOn(a: Float64Array, size: number, k: number): void {
  const row = a.subarray(k * size, (k + 1) * size)
  const scale = 1 / (row[k] as number)
  row[k] = 1
  for (let j = 0; j < size; j += 1) row[j] = (row[j] as number) * scale
  for (let i = 0; i < size; i += 1) {
    if (i === k) continue
    const other = a.subarray(i * size, (i + 1) * size)
    const times = other[k] as number
    other[k] = 0
    for (let j = 0; j < size; j += 1) other[j] = (other[j] as number) - times * (row[j] as number)
  }
}
