import { BadRows } from '@shop/kit/learn/refusals'

/** A square matrix in double precision, row after row. */
export interface Square {
  readonly size: number
  readonly values: Float64Array
}

/**
 * The transposed inverse of the lower triangular L with L · L' = matrix: right-multiplied to rows
 * whose covariance the matrix is, it makes that covariance the identity. Throws BAD_ROWS where the
 * matrix is not positive definite.
 */
export function whitening({ size, values }: Square): Square {
  const lower = cholesky({ size, values })
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column += 1) {
    for (let row = column; row < size; row += 1) {
      let sum = row === column ? 1 : 0
      // Row `column` of the result is column `column` of the inverse: it is written transposed.
      for (let i = column; i < row; i += 1) {
        sum -= (lower[row * size + i] as number) * (inverse[column * size + i] as number)
      }
      inverse[column * size + row] = sum / (lower[row * size + row] as number)
    }
  }
  return { size, values: inverse }
}

function cholesky({ size, values }: Square): Float64Array {
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const at = row * size + column
      const left =
        (values[at] as number) -
        overlap(lower.subarray(row * size), lower.subarray(column * size), column)
      lower[at] = row === column ? root(left) : left / (lower[column * size + column] as number)
    }
  }
  return lower
}

/** The product of the starts of two rows, so many places of them. */
function overlap(one: Float64Array, other: Float64Array, places: number): number {
  let sum = 0
  for (let i = 0; i < places; i += 1) {
    sum += (one[i] as number) * (other[i] as number)
  }
  return sum
}

function root(left: number): number {
  if (!(left > 0)) throw new BadRows('The rows leave a direction without any.')
  return Math.sqrt(left)
}
