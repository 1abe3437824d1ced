import { contributionsOf } from '@shop/kit/learn/boosting'
import { matrixOf, rowOf } from '@shop/kit/learn/matrix'
import { type FraudModel, withAnomaly } from './learner.ts'

/** What a column did to the score, in log-odds: above 0 it made fraud likelier. */
export interface Reason {
  readonly column: string
  readonly moved: number
}

/** Along the paths through the trees (Saabas, 2014): the columns that moved the score most. */
export function reasonsFor(model: FraudModel, row: readonly number[], most = 3): Reason[] {
  const whole = rowOf(withAnomaly(model.forest, matrixOf([row])), 0)
  const { columns } = contributionsOf(model.trees, whole)
  return model.names
    .map((column, i) => ({ column, moved: columns[i] as number }))
    .filter(({ moved }) => Math.abs(moved) > 1e-6)
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved))
    .slice(0, most)
}

export const worded = ({ column, moved }: Reason): string =>
  `${column} ${moved > 0 ? 'raised' : 'lowered'} it by ${Math.abs(moved).toFixed(2)}`
