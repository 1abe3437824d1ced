import { scoresOf, type TreeModel, trainedTrees } from '@shop/kit/learn/boosting'
import { categoriesIn, rowFrom, type Schema } from '@shop/kit/learn/features'
import { matrixOf } from '@shop/kit/learn/matrix'
import { logistic } from '@shop/kit/learn/objectives'
import type { Habit } from './orders.ts'

/** Trees over category and amount alone, learned from payments of another source. */
export interface HabitModel {
  readonly schema: Schema
  readonly trees: TreeModel
}

export interface Spent {
  readonly category: string
  readonly amount: number
  readonly fraud: 0 | 1
}

/** What fraudsters take of what: at most 60 trees, since it is asked with every order. */
export function learnedHabit(spent: readonly Spent[], seed: number): HabitModel {
  const schema: Schema = [
    { name: 'category', kind: 'one-hot', values: categoriesIn(spent.map((each) => each.category)) },
    { name: 'amount', kind: 'number' },
  ]
  const features = matrixOf(spent.map((each) => rowFrom(schema, { ...each })))
  const targets = spent.map(({ fraud }) => fraud)
  const trees = trainedTrees(logistic, { features, targets }, { rounds: 60, leaves: 16, seed })
  return { schema, trees }
}

export const habitOf =
  ({ schema, trees }: HabitModel): Habit =>
  (category, amount) =>
    scoresOf(trees, matrixOf([rowFrom(schema, { category, amount })]))[0] as number
