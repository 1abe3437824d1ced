import { BadRows } from '@shop/kit/learn/refusals'
import { solved } from '@shop/kit/learn/ridge'

export interface Regression {
  readonly coefficients: readonly number[]
  /** Robust to errors that go together within a cluster; row by row. */
  readonly covariance: readonly (readonly number[])[]
  /** The mean of each group, which its fixed effect makes up for. */
  readonly effects: ReadonlyMap<string, number>
  readonly rows: number
  readonly clusters: number
}

export interface Observed {
  readonly group: string
  /** Rows of one cluster err together: a week in which it rained on every store. */
  readonly cluster: number
  readonly y: number
  readonly x: readonly number[]
}

/**
 * Least squares within groups, so that what is fixed about a group (a store's size) explains
 * nothing (Mundlak, 1961), with the covariance of Liang and Zeger (1986) by cluster. As prices move
 * by the week for all places at once, each column costs a cluster, and that is its correction. `ridge` is added to each standardised square. Throws BAD_ROWS where
 * there are fewer rows than three to a column, or where a column never moves within a group.
 */
export function withinRegression(observed: readonly Observed[], ridge = 0): Regression {
  const width = observed[0]?.x.length ?? 0
  const clusters = new Set(observed.map(({ cluster }) => cluster)).size
  if (observed.length < 3 * (width + 1) || clusters < 3)
    throw new BadRows('There are too few rows.')
  const { rows, means } = centred(observed)
  const squares = new Float64Array(width * width)
  const products = new Float64Array(width)
  for (const { x, y } of rows) accumulate(squares, products, { x, y })
  for (let i = 0; i < width; i += 1) {
    const at = i * width + i
    if (!((squares[at] as number) > 1e-9 * rows.length)) {
      throw new BadRows(`Column ${i} never moves within a group.`)
    }
    squares[at] = (squares[at] as number) * (1 + ridge)
  }
  const coefficients = [...solved(squares.slice(), products)]
  const inverse = Array.from({ length: width }, (_, i) => {
    const unit = new Float64Array(width)
    unit[i] = 1
    return solved(squares.slice(), unit)
  })
  const effects = new Map(
    [...means].map(([group, mean]) => [group, mean.y - dot(coefficients, mean.x)]),
  )
  const meat = meatOf(rows, coefficients)
  const few = clusters / (clusters - 1 - width)
  if (!(few > 0)) throw new BadRows('There are fewer clusters than columns.')
  const covariance = sandwich(inverse, meat).map((row) => row.map((value) => value * few))
  return { coefficients, covariance, effects, rows: rows.length, clusters }
}

interface Mean {
  y: number
  x: number[]
}

function centred(observed: readonly Observed[]) {
  const means = new Map<string, Mean>()
  for (const [group, own] of Map.groupBy(observed, (row) => row.group)) {
    const x = (own[0]?.x ?? []).map(
      (_, i) => own.reduce((sum, row) => sum + (row.x[i] ?? 0), 0) / own.length,
    )
    means.set(group, { x, y: own.reduce((sum, row) => sum + row.y, 0) / own.length })
  }
  const rows = observed.map(({ group, cluster, x, y }) => {
    const mean = means.get(group) as Mean
    return { cluster, y: y - mean.y, x: x.map((value, i) => value - (mean.x[i] ?? 0)) }
  })
  return { rows, means }
}

function accumulate(squares: Float64Array, products: Float64Array, { x, y }: Mean): void {
  const width = x.length
  for (let i = 0; i < width; i += 1) {
    const value = x[i] as number
    products[i] = (products[i] as number) + value * y
    for (let j = 0; j < width; j += 1) {
      const at = i * width + j
      squares[at] = (squares[at] as number) + value * (x[j] as number)
    }
  }
}

/** The sum over clusters of their scores' outer products. */
function meatOf(rows: readonly (Mean & { cluster: number })[], coefficients: readonly number[]) {
  const width = coefficients.length
  const scores = new Map<number, Float64Array>()
  for (const { cluster, x, y } of rows) {
    const residual = y - dot(coefficients, x)
    const score = scores.get(cluster) ?? new Float64Array(width)
    for (let i = 0; i < width; i += 1) score[i] = (score[i] as number) + residual * (x[i] as number)
    scores.set(cluster, score)
  }
  const meat = Array.from({ length: width }, () => new Float64Array(width))
  for (const score of scores.values()) {
    meat.forEach((row, i) => {
      for (let j = 0; j < width; j += 1) {
        row[j] = (row[j] as number) + (score[i] as number) * (score[j] as number)
      }
    })
  }
  return meat
}

function sandwich(bread: readonly Float64Array[], meat: readonly Float64Array[]): number[][] {
  const half = bread.map((row) =>
    meat.map((_, j) => row.reduce((sum, value, k) => sum + value * (meat[k]?.[j] ?? 0), 0)),
  )
  return half.map((row) => bread.map((column) => dot(row, column)))
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number)
  return sum
}
