import type { Matrix } from './matrix.ts'
import { BadRows } from './refusals.ts'

/** Rows of few numbers that are not 0: row r has the entries from `starts[r]` to `starts[r + 1]`. */
export interface Sparse {
  readonly rows: number
  readonly columns: number
  readonly starts: Int32Array
  readonly places: Int32Array
  readonly values: Float64Array
}

/** Of rows that are pairs of column and value; a column is named once a row. */
export function sparseOf(
  rows: readonly Iterable<readonly [column: number, value: number]>[],
  columns: number,
): Sparse {
  const starts = [0]
  const places: number[] = []
  const values: number[] = []
  for (const row of rows) {
    for (const [column, value] of row) {
      if (!(column >= 0 && column < columns)) throw new BadRows(`There is no column ${column}.`)
      places.push(column)
      values.push(value)
    }
    starts.push(places.length)
  }
  return {
    rows: rows.length,
    columns,
    starts: Int32Array.from(starts),
    places: Int32Array.from(places),
    values: Float64Array.from(values),
  }
}

/** The same rows without their zeros. Throws BAD_ROWS on NaN: a linear model has no side for it. */
export function sparseFrom({ rows, columns, values }: Matrix): Sparse {
  const entries = Array.from({ length: rows }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns), (value, column) => {
      if (!Number.isFinite(value)) throw new BadRows(`Row ${row} has no number in ${column}.`)
      return [column, value] as const
    }).filter(([, value]) => value !== 0),
  )
  return sparseOf(entries, columns)
}
