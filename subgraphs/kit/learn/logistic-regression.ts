import { minimize } from './minimize.ts'
import { softmax } from './objectives.ts'
import { BadRows } from './refusals.ts'
import type { Sparse } from './sparse.ts'

/** A line of weights a column, one weight a class, and one line more for what is always there. */
export interface LogisticModel {
  readonly columns: number
  readonly classes: number
  /** `(columns + 1) × classes`; the last line is the intercepts. */
  readonly weights: Float64Array
}

export interface LogisticSettings {
  /** Times half the sum of squared weights, beside the sum of losses: 1 / C of scikit-learn. */
  readonly l2: number
  readonly rounds: number
  readonly tolerance: number
  /** How much each row counts; 1 unless told. */
  readonly rowWeights?: ArrayLike<number> | undefined
}

const usual: LogisticSettings = { l2: 1, rounds: 200, tolerance: 1e-4 }

export interface Classed {
  readonly features: Sparse
  /** The class of each row, 0 … classes − 1. */
  readonly targets: ArrayLike<number>
  readonly classes: number
}

/**
 * Multinomial logistic regression with an L2 penalty on all but the intercepts, by L-BFGS. Two
 * classes are weighed by one line against the other: half the weight of scikit-learn's binary
 * form on each side, so its `l2` is twice theirs for the same chances.
 */
export function logisticRegression(
  { features, targets, classes }: Classed,
  settings: Partial<LogisticSettings> = {},
): LogisticModel {
  const { l2, rounds, tolerance, rowWeights } = { ...usual, ...settings }
  if (features.rows === 0) throw new BadRows('There are no rows to learn from.')
  if (targets.length !== features.rows) throw new BadRows('There is not one target a row.')
  const total = Array.from(rowWeights ?? targets, (each) => (rowWeights ? each : 1)).reduce(
    (sum, each) => sum + each,
    0,
  )
  const weights = new Float64Array((features.columns + 1) * classes)
  const loss = (point: Float64Array, gradient: Float64Array) => {
    let sum = 0
    const penalized = features.columns * classes
    for (let i = 0; i < point.length; i += 1) {
      const weight = i < penalized ? (point[i] as number) : 0
      gradient[i] = (l2 * weight) / total
      sum += (l2 * weight * weight) / 2
    }
    const model = { columns: features.columns, classes, weights: point }
    for (let row = 0; row < features.rows; row += 1) {
      const weight = rowWeights ? (rowWeights[row] as number) : 1
      const chances = softmax(scoresOfRow(model, features, row))
      const target = targets[row] as number
      sum -= weight * Math.log(Math.max(1e-300, chances[target] as number))
      chances[target] = (chances[target] as number) - 1
      spread(features, row, { chances, gradient, weight: weight / total })
    }
    return sum / total
  }
  minimize(loss, weights, { rounds, tolerance })
  return { columns: features.columns, classes, weights }
}

/** The scores of each class, row after row; their softmax is the chances. */
export function classScores(model: LogisticModel, features: Sparse): Float64Array {
  if (features.columns !== model.columns) throw new BadRows('Rows are of another width.')
  const scores = new Float64Array(features.rows * model.classes)
  for (let row = 0; row < features.rows; row += 1) {
    scores.set(scoresOfRow(model, features, row), row * model.classes)
  }
  return scores
}

/** The chances of each class, row after row. */
export function classChances(model: LogisticModel, features: Sparse): Float64Array {
  const scores = classScores(model, features)
  for (let at = 0; at < scores.length; at += model.classes) {
    scores.set(softmax(scores.subarray(at, at + model.classes)), at)
  }
  return scores
}

function scoresOfRow(model: LogisticModel, features: Sparse, row: number): Float64Array {
  const { columns, classes, weights } = model
  const scores = weights.slice(columns * classes)
  const end = features.starts[row + 1] as number
  for (let i = features.starts[row] as number; i < end; i += 1) {
    const line = (features.places[i] as number) * classes
    const value = features.values[i] as number
    for (let each = 0; each < classes; each += 1) {
      scores[each] = (scores[each] as number) + value * (weights[line + each] as number)
    }
  }
  return scores
}

interface Spread {
  chances: Float64Array
  gradient: Float64Array
  weight: number
}

function spread(features: Sparse, row: number, { chances, gradient, weight }: Spread): void {
  const classes = chances.length
  const addTo = (line: number, value: number) => {
    for (let each = 0; each < classes; each += 1) {
      gradient[line + each] = (gradient[line + each] as number) + value * (chances[each] as number)
    }
  }
  const end = features.starts[row + 1] as number
  for (let i = features.starts[row] as number; i < end; i += 1) {
    addTo((features.places[i] as number) * classes, weight * (features.values[i] as number))
  }
  addTo(features.columns * classes, weight)
}
