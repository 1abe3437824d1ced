import { BadRows } from './refusals.ts'

/**
 * Rows of numbers, one row after the other; NaN stands for what is not known. Single precision,
 * because that is what an ONNX graph reads: a tree splits here as it will split there.
 */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

/** Throws BAD_ROWS where rows differ in length, or where there are none and no width is told. */
export function matrixOf(rows: readonly ArrayLike<number>[], width?: number): Matrix {
  const columns = width ?? rows[0]?.length
  if (columns === undefined) throw new BadRows('There are no rows.')
  const values = new Float32Array(rows.length * columns)
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) throw new BadRows(`Row ${i} is not ${columns} numbers long.`)
    values.set(row, i * columns)
  }
  return { rows: rows.length, columns, values }
}

/** These rows, in this order; a row may be named more than once. */
export function pickedRows({ columns, values }: Matrix, rows: ArrayLike<number>): Matrix {
  const picked = new Float32Array(rows.length * columns)
  for (let i = 0; i < rows.length; i += 1) {
    const at = (rows[i] as number) * columns
    picked.set(values.subarray(at, at + columns), i * columns)
  }
  return { rows: rows.length, columns, values: picked }
}

/** One row as a view, not a copy. */
export const rowOf = ({ columns, values }: Matrix, row: number): Float32Array =>
  values.subarray(row * columns, (row + 1) * columns)
