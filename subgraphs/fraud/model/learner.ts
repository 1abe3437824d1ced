import {
  type Examples,
  type Settings,
  scoresOf,
  type TreeModel,
  trainedTrees,
} from '@shop/kit/learn/boosting'
import {
  type Isotonic,
  isotonic,
  isotonicChance,
  type Platt,
  platt,
  plattChance,
} from '@shop/kit/learn/calibration'
import {
  anomalyScores,
  type IsolationForest,
  isolationForest,
} from '@shop/kit/learn/isolation-forest'
import { type Matrix, pickedRows } from '@shop/kit/learn/matrix'
import { logistic } from '@shop/kit/learn/objectives'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { stratifiedFolds } from '@shop/kit/learn/splits'

/** Trees over the features and one column more: how unlike the rest a row is, labels or not. */
export interface FraudModel {
  readonly names: readonly string[]
  readonly trees: TreeModel
  readonly forest: IsolationForest
  /** From the trees' score to a chance. */
  readonly curve: Curve
}

export type Curve =
  | ({ readonly kind: 'isotonic' } & Isotonic)
  | ({ readonly kind: 'platt' } & Platt)

export interface Lesson {
  readonly names: readonly string[]
  readonly rows: Matrix
  readonly targets: ArrayLike<number>
  /** How many rows each stands for, where only a part of the honest ones is learned from. */
  readonly weights?: ArrayLike<number> | undefined
  /** Where it makes sense: a riskier past never makes a row less suspect. */
  readonly monotone?: readonly number[]
}

export interface Learning extends Partial<Settings> {
  readonly seed: number
}

const usual: Partial<Settings> = {
  rounds: 150,
  rate: 0.05,
  leaves: 8,
  minLeafRows: 20,
  l2: 5,
  rowShare: 0.8,
  columnShare: 0.5,
}

/** Steps need many frauds to stand on; with fewer, a curve of two numbers is learned. */
const enoughForSteps = 300

/**
 * Learns forest, trees and curve. The curve is learned from scores that each fifth of the rows got
 * from trees which had not seen it. Throws BAD_ROWS without rows of both classes.
 */
export function learned(lesson: Lesson, learning: Learning): FraudModel {
  const { names, rows, targets, weights } = lesson
  const frauds = Array.from(targets).filter((each) => each === 1).length
  if (frauds < 5 || targets.length - frauds < 5) throw new BadRows('Too few rows of one class.')
  const forest = isolationForest(rows, { seed: learning.seed })
  const features = withAnomaly(forest, rows)
  const monotone = [...(lesson.monotone ?? names.map(() => 0)), 0]
  const settings = { ...usual, ...learning, monotone }
  const scores = heldOutScores({ features, targets, weights }, settings)
  const scored = { scores, truths: targets, weights }
  return {
    names: [...names, 'unlike the rest'],
    trees: trainedTrees(logistic, { features, targets, weights }, settings),
    forest,
    curve:
      frauds < enoughForSteps
        ? { kind: 'platt', ...platt(scored) }
        : { kind: 'isotonic', ...isotonic(scored) },
  }
}

function heldOutScores({ features, targets, weights }: Examples, settings: Partial<Settings>) {
  const scores = new Float64Array(targets.length)
  for (const { train, score } of stratifiedFolds(targets, 5, randomFrom(settings.seed ?? 1))) {
    const own = {
      features: pickedRows(features, train),
      targets: train.map((row) => targets[row] as number),
      weights: weights && train.map((row) => weights[row] as number),
    }
    const found = scoresOf(trainedTrees(logistic, own, settings), pickedRows(features, score))
    for (const [i, row] of score.entries()) scores[row] = found[i] as number
  }
  return scores
}

/** The columns and how unlike the rest each row is. */
export function withAnomaly(forest: IsolationForest, rows: Matrix): Matrix {
  const scores = anomalyScores(forest, rows)
  const columns = rows.columns + 1
  const values = new Float32Array(rows.rows * columns)
  for (let row = 0; row < rows.rows; row += 1) {
    values.set(rows.values.subarray(row * rows.columns, (row + 1) * rows.columns), row * columns)
    values[row * columns + rows.columns] = scores[row] as number
  }
  return { rows: rows.rows, columns, values }
}

export const chanceBy = (curve: Curve, score: number): number =>
  curve.kind === 'platt' ? plattChance(curve, score) : isotonicChance(curve, score)

/** Scores to rank by, and chances to decide by: equal chances may have unequal scores. */
export function scored({ trees, forest, curve }: FraudModel, rows: Matrix) {
  const scores = scoresOf(trees, withAnomaly(forest, rows))
  return { scores, chances: scores.map((score) => chanceBy(curve, score)) }
}
