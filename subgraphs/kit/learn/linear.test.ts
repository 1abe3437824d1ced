import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { classChances, logisticRegression } from './logistic-regression.ts'
import { matrixOf } from './matrix.ts'
import { BadRows } from './refusals.ts'
import { linearPredictions, ridge } from './ridge.ts'
import { sparseFrom, sparseOf } from './sparse.ts'

const file = new URL('fixtures/linear.json', import.meta.url)
const made = JSON.parse(readFileSync(file, 'utf8')) as {
  rows: number[][]
  targets: number[]
  classes: number[]
  rowWeights: number[]
  weights: number[]
  intercept: number
  chances: number[][]
  binary: number[]
}
const features = matrixOf(made.rows)

function near(own: ArrayLike<number>, theirs: readonly number[]) {
  const gaps = theirs.map((each, i) => Math.abs(each - (own[i] as number)))
  assert.ok(Math.max(...gaps) < 1e-6, `${Math.max(...gaps)}`)
}

test('ridge weights are those of scikit-learn', () => {
  const model = ridge(features, made.targets, { l2: 2, rowWeights: made.rowWeights })

  near([...model.weights, model.intercept], [...made.weights, made.intercept])
  const [first = 0] = linearPredictions(model, features)
  assert.ok(Math.abs(first - (made.targets[0] as number)) < 2)
})

test('chances of three classes are those of scikit-learn', () => {
  const { classes: targets, rowWeights } = made
  const settings = { l2: 2, rounds: 1000, tolerance: 1e-9, rowWeights }

  const model = logisticRegression(
    { features: sparseFrom(features), targets, classes: 3 },
    settings,
  )

  near(classChances(model, sparseFrom(features)), made.chances.flat())
})

test('chances of two classes are those of scikit-learn with half the penalty', () => {
  const targets = made.classes.map((each) => Number(each === 2))
  const settings = { l2: 4, rounds: 1000, tolerance: 1e-9 }

  const model = logisticRegression(
    { features: sparseFrom(features), targets, classes: 2 },
    settings,
  )

  const chances = classChances(model, sparseFrom(features))
  near(
    chances.filter((_, i) => i % 2 === 1),
    made.binary,
  )
})

test('what cannot be learned from is refused', () => {
  const twice = matrixOf([
    [1, 1],
    [2, 2],
  ])

  assert.throws(() => ridge(twice, [1, 2], { l2: 0 }), BadRows)
  assert.throws(() => ridge(matrixOf([[Number.NaN]]), [1]), BadRows)
  assert.throws(() => ridge(matrixOf([], 1), []), BadRows)
  assert.throws(() => sparseFrom(matrixOf([[Number.NaN]])), BadRows)
  assert.throws(() => sparseOf([[[3, 1]]], 3), BadRows)
  assert.throws(
    () => logisticRegression({ features: sparseOf([], 1), targets: [], classes: 2 }),
    BadRows,
  )
})
