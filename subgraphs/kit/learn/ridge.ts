import type { Matrix } from './matrix.ts'
import { BadRows } from './refusals.ts'

export interface LinearModel {
  readonly weights: Float64Array
  readonly intercept: number
}

export interface RidgeSettings {
  /** Times the sum of squared weights, beside the sum of squared errors. Above 0. */
  readonly l2: number
  /** By column, where some are to be shrunk less than others; times `l2`. */
  readonly penalties?: ArrayLike<number> | undefined
  readonly rowWeights?: ArrayLike<number> | undefined
}

/**
 * Ridge regression (Hoerl and Kennard, 1970) on centred columns, its normal equations solved by
 * Cholesky. The intercept is not shrunk. Throws BAD_ROWS on no rows, and on what is no number.
 */
export function ridge(
  features: Matrix,
  targets: ArrayLike<number>,
  settings: RidgeSettings = { l2: 1 },
): LinearModel {
  const { rows, columns, values } = features
  if (rows === 0) throw new BadRows('There are no rows to learn from.')
  if (targets.length !== rows) throw new BadRows('There is not one target a row.')
  const weight = (row: number) => settings.rowWeights?.[row] ?? 1
  const at = (row: number, column: number) => values[row * columns + column] as number
  const total = sum(rows, weight)
  const means = Float64Array.from({ length: columns }, (_, column) =>
    sum(rows, (row) => (weight(row) * at(row, column)) / total),
  )
  const mean = sum(rows, (row) => (weight(row) * (targets[row] as number)) / total)
  if (![mean, ...means].every(Number.isFinite)) throw new BadRows('Not every value is a number.')

  const squares = new Float64Array(columns * columns)
  const products = new Float64Array(columns)
  for (let row = 0; row < rows; row += 1) {
    const centred = means.map((each, column) => at(row, column) - each)
    addSquares(squares, centred, weight(row))
    const error = weight(row) * ((targets[row] as number) - mean)
    for (let i = 0; i < columns; i += 1) {
      products[i] = (products[i] as number) + error * (centred[i] as number)
    }
  }
  for (let i = 0; i < columns; i += 1) {
    const penalty = settings.l2 * (settings.penalties?.[i] ?? 1)
    squares[i * columns + i] = (squares[i * columns + i] as number) + penalty
  }
  const weights = solved(squares, products)
  return { weights, intercept: mean - sum(columns, (i) => product(weights, means, i)) }
}

/** A number a row. */
export function linearPredictions(model: LinearModel, features: Matrix): Float64Array {
  const { rows, columns, values } = features
  if (columns !== model.weights.length) throw new BadRows('Rows are of another width.')
  return Float64Array.from({ length: rows }, (_, row) => {
    const own = values.subarray(row * columns, (row + 1) * columns)
    return model.intercept + sum(columns, (i) => product(own, model.weights, i))
  })
}

const product = (a: ArrayLike<number>, b: ArrayLike<number>, i: number) =>
  (a[i] as number) * (b[i] as number)

function sum(length: number, value: (i: number) => number): number {
  let all = 0
  for (let i = 0; i < length; i += 1) all += value(i)
  return all
}

function addSquares(squares: Float64Array, row: Float64Array, weight: number): void {
  for (let i = 0; i < row.length; i += 1) {
    const times = weight * (row[i] as number)
    for (let j = 0; j <= i; j += 1) {
      const at = i * row.length + j
      squares[at] = (squares[at] as number) + times * (row[j] as number)
    }
  }
}

/** Solves A x = b for a positive definite A, of which the lower half is read and overwritten. */
export function solved(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  const at = (i: number, j: number) => a[i * n + j] as number
  for (let j = 0; j < n; j += 1) {
    const pivot = at(j, j) - sum(j, (k) => at(j, k) ** 2)
    if (!(pivot > 1e-12 * at(j, j)))
      throw new BadRows('The columns repeat each other: a larger l2 is needed.')
    a[j * n + j] = Math.sqrt(pivot)
    for (let i = j + 1; i < n; i += 1) {
      a[i * n + j] = (at(i, j) - sum(j, (k) => at(i, k) * at(j, k))) / at(j, j)
    }
  }
  const x = b.slice()
  for (let i = 0; i < n; i += 1) {
    x[i] = ((x[i] as number) - sum(i, (k) => at(i, k) * (x[k] as number))) / at(i, i)
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    const later = sum(n - 1 - i, (k) => at(i + 1 + k, i) * (x[i + 1 + k] as number))
    x[i] = ((x[i] as number) - later) / at(i, i)
  }
  return x
}
