import { normsOf } from './item-to-item.ts'
import { addRow, type Entry, rowCount, type Sparse, strongest, transposed } from './sparse.ts'

/**
 * What the shoppers most like this one had, weighed by how alike they are (Resnick et al., 1994;
 * on who-had-what by cosine). It is here to be compared with: it has to keep all shoppers' rows.
 */
export function userToUser(tastes: Sparse, neighbours: number) {
  const byItem = transposed(tastes)
  const norms = normsOf(tastes)
  return (taste: readonly Entry[]): Float64Array => {
    const common = new Float64Array(rowCount(tastes))
    for (const entry of taste) addRow(common, byItem, entry)
    const alike = common.map((shared, shopper) => shared / ((norms[shopper] as number) || 1))
    const scores = new Float64Array(tastes.columns)
    for (const entry of strongest(alike, neighbours)) addRow(scores, tastes, entry)
    return scores
  }
}
