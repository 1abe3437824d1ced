import { type Matrix, rowOf } from '@shop/kit/learn/matrix'

/** Means and spreads of columns. */
export interface Moments {
  readonly means: Float64Array
  readonly spreads: Float64Array
}

export function momentsOf({ rows, columns, values }: Matrix): Moments {
  const [sums, squares] = [new Float64Array(columns), new Float64Array(columns)]
  for (let i = 0; i < values.length; i += 1) {
    const [column, value] = [i % columns, values[i] as number]
    sums[column] = (sums[column] as number) + value
    squares[column] = (squares[column] as number) + value * value
  }
  const means = sums.map((sum) => sum / rows)
  const spreads = squares.map((square, column) =>
    Math.sqrt(Math.max(0, square / rows - (means[column] as number) ** 2)),
  )
  return { means, spreads }
}

/** Each column around 0 with spread 1; one that hardly moves is left near 0. */
export function standardised({ rows, columns, values }: Matrix, moments: Moments): Matrix {
  const { means, spreads } = moments
  const standard = values.map((value, i) => {
    const column = i % columns
    return (value - (means[column] as number)) / ((spreads[column] as number) + 1e-3)
  })
  return { rows, columns, values: standard }
}

/** The mean row of each class; zeros for one without rows. */
export function classMeans(rows: Matrix, labels: ArrayLike<number>, classes: number): Matrix {
  const { columns } = rows
  const sums = new Float64Array(classes * columns)
  const counts = countsOf(labels, classes)
  for (let row = 0; row < rows.rows; row += 1) {
    const label = labels[row] as number
    for (const [column, value] of rowOf(rows, row).entries()) {
      const at = label * columns + column
      sums[at] = (sums[at] as number) + value / (counts[label] as number)
    }
  }
  return { rows: classes, columns, values: Float32Array.from(sums) }
}

export function countsOf(labels: ArrayLike<number>, classes: number): Float64Array {
  const counts = new Float64Array(classes)
  for (const label of Array.from(labels)) counts[label] = (counts[label] as number) + 1
  return counts
}

/** Every row to length 1. */
export function unitRows({ rows, columns, values }: Matrix): Matrix {
  const unit = values.slice()
  for (let row = 0; row < rows; row += 1) {
    const own = unit.subarray(row * columns, (row + 1) * columns)
    const length = Math.hypot(...own)
    if (length > 0) for (let i = 0; i < columns; i += 1) own[i] = (own[i] as number) / length
  }
  return { rows, columns, values: unit }
}

export function transposed({ rows, columns, values }: Matrix): Matrix {
  const turned = new Float32Array(values.length)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = values[row * columns + column] as number
    }
  }
  return { rows: columns, columns: rows, values: turned }
}
