import { addRow, rowCount, rowOf, type Sparse, sparseOf, strongest, transposed } from './sparse.ts'

export interface NeighbourSettings {
  readonly keep: number
  /** Added to the norm, so that two items of one shopper are not alike for that alone. */
  readonly shrink: number
}

/** How alike two items are by who had both: the cosine of their columns (Sarwar et al., 2001). */
export function itemNeighbours(tastes: Sparse, { keep, shrink }: NeighbourSettings): Sparse {
  const byItem = transposed(tastes)
  const norms = normsOf(byItem)
  const rows = Array.from({ length: tastes.columns }, (_, item) => {
    const common = new Float64Array(tastes.columns)
    const { places, values } = rowOf(byItem, item)
    for (const [at, shopper] of places.entries()) {
      addRow(common, tastes, [shopper, values[at] as number])
    }
    common[item] = 0
    const own = norms[item] as number
    return strongest(
      common.map((shared, other) => shared / (own * (norms[other] as number) + shrink)),
      keep,
    )
  })
  return sparseOf(rows, tastes.columns)
}

/** The length of each row. */
export const normsOf = (matrix: Sparse): Float64Array =>
  Float64Array.from({ length: rowCount(matrix) }, (_, row) =>
    Math.sqrt(rowOf(matrix, row).values.reduce((sum, value) => sum + value * value, 0)),
  )
