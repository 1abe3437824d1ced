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
      let sum = values[row * size + column] as number
      for (let i = 0; i < column; i += 1) {
        sum -= (lower[row * size + i] as number) * (lower[column * size + i] as number)
      }
      if (row === column && !(sum > 0)) throw new BadRows('The rows leave a direction without any.')
      const divisor = row === column ? 0 : (lower[column * size + column] as number)
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / divisor
    }
  }
  return lower
}
