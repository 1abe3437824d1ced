import type { Gradients } from './grow-tree.ts'

/** What rows are learned towards. */
export interface Labels {
  /** A number a row: the value, 0 or 1, the number of the class, or how relevant it is. */
  readonly targets: ArrayLike<number>
  /** How much each row counts; 1 unless told. */
  readonly weights?: ArrayLike<number> | undefined
  /** For ranking: how many rows each query has, one query after the other. */
  readonly groups?: ArrayLike<number> | undefined
}

/** From scores to answers. */
export type Link = 'identity' | 'logistic' | 'softmax'

/** A loss that trees can follow. Scores are `outputs` numbers a row. */
export interface Objective {
  readonly outputs: number
  readonly link: Link
  /** The best constant scores. */
  start(labels: Labels): number[]
  /** Writes the derivatives of each output. */
  differentiate(scores: Float64Array, labels: Labels, into: readonly Gradients[]): void
  /** For early stopping: lower is better. */
  loss(scores: Float64Array, labels: Labels): number
}

export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score))

const weightOf = ({ weights }: Labels, row: number) => (weights ? (weights[row] as number) : 1)

/** The weighted mean of a value a row. */
function average(labels: Labels, value: (row: number) => number): number {
  let [sum, total] = [0, 0]
  for (let row = 0; row < labels.targets.length; row += 1) {
    sum += weightOf(labels, row) * value(row)
    total += weightOf(labels, row)
  }
  return sum / total
}

const target = ({ targets }: Labels, row: number) => targets[row] as number

/** Squared error, of any number. */
export const squared: Objective = {
  outputs: 1,
  link: 'identity',
  start: (labels) => [average(labels, (row) => target(labels, row))],
  differentiate(scores, labels, [into]) {
    const { first, second } = into as Gradients
    for (let row = 0; row < first.length; row += 1) {
      const weight = weightOf(labels, row)
      first[row] = weight * ((scores[row] as number) - target(labels, row))
      second[row] = weight
    }
  },
  loss: (scores, labels) =>
    average(labels, (row) => ((scores[row] as number) - target(labels, row)) ** 2),
}

/** Log loss of two classes, 0 and 1. */
export const logistic: Objective = {
  outputs: 1,
  link: 'logistic',
  start(labels) {
    const share = average(labels, (row) => target(labels, row))
    const kept = Math.min(1 - 1e-6, Math.max(1e-6, share))
    return [Math.log(kept / (1 - kept))]
  },
  differentiate(scores, labels, [into]) {
    const { first, second } = into as Gradients
    for (let row = 0; row < first.length; row += 1) {
      const weight = weightOf(labels, row)
      const chance = sigmoid(scores[row] as number)
      first[row] = weight * (chance - target(labels, row))
      second[row] = weight * Math.max(1e-16, chance * (1 - chance))
    }
  },
  loss: (scores, labels) =>
    average(labels, (row) => {
      const score = scores[row] as number
      // log(1 + e^s) − y·s, without overflow.
      return (
        Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - target(labels, row) * score
      )
    }),
}

/** Log loss of classes 0 … n − 1, a tree for each in every round. */
export const multiclass = (classes: number): Objective => ({
  outputs: classes,
  link: 'softmax',
  start: (labels) =>
    Array.from({ length: classes }, (_, each) =>
      Math.log(
        Math.max(
          1e-6,
          average(labels, (row) => Number(target(labels, row) === each)),
        ),
      ),
    ),
  differentiate(scores, labels, into) {
    // As in LightGBM: the diagonal of the Hessian is scaled for the classes' dependence.
    const factor = classes / (classes - 1)
    for (let row = 0; row < labels.targets.length; row += 1) {
      const weight = weightOf(labels, row)
      const chances = softmax(scores.subarray(row * classes, (row + 1) * classes))
      for (let each = 0; each < classes; each += 1) {
        const { first, second } = into[each] as Gradients
        const chance = chances[each] as number
        first[row] = weight * (chance - Number(target(labels, row) === each))
        second[row] = weight * Math.max(1e-16, factor * chance * (1 - chance))
      }
    }
  },
  loss: (scores, labels) =>
    average(labels, (row) => {
      const chances = softmax(scores.subarray(row * classes, (row + 1) * classes))
      return -Math.log(Math.max(1e-16, chances[target(labels, row)] ?? 0))
    }),
})

/** Chances that sum to 1. */
export function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - highest))
  const sum = powers.reduce((all, power) => all + power, 0)
  return powers.map((power) => power / sum)
}
