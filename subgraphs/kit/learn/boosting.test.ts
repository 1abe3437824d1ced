import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  contributionsOf,
  predictionsOf,
  type Settings,
  scoresOf,
  trainedTrees,
} from './boosting.ts'
import { rocAuc } from './class-metrics.ts'
import { rmse } from './error-metrics.ts'
import { matrixOf, pickedRows, rowOf } from './matrix.ts'
import { logistic, multiclass, squared } from './objectives.ts'
import { randomFrom } from './random.ts'
import { ndcgAt } from './rank-metrics.ts'
import { lambdaRank } from './ranking-objective.ts'
import { BadRows } from './refusals.ts'

interface Fixture {
  train: (number | null)[][]
  test: (number | null)[][]
  trainTargets: number[]
  testTargets: number[]
  monotone?: number[]
  size: number
  lightgbm: number
  xgboost: number
}

function fixture(name: string) {
  const file = new URL(`fixtures/trees-${name}.json`, import.meta.url)
  const made = JSON.parse(readFileSync(file, 'utf8')) as Fixture
  const matrix = (rows: (number | null)[][]) =>
    matrixOf(rows.map((row) => row.map((value) => value ?? Number.NaN)))
  const training = { features: matrix(made.train), targets: made.trainTargets }
  return { ...made, training, test: matrix(made.test) }
}

/** What the libraries were given. */
const settings: Partial<Settings> = {
  rounds: 150,
  rate: 0.05,
  leaves: 15,
  depth: 8,
  minLeafRows: 10,
  l2: 1,
}

/** Within half a percent of the nearer of the two libraries. */
function asGoodAs({ lightgbm, xgboost }: Fixture | ReturnType<typeof fixture>, own: number) {
  const nearest = Math.min(...[lightgbm, xgboost].map((theirs) => Math.abs(own / theirs - 1)))
  assert.ok(nearest <= 0.005, `${own} beside ${lightgbm} and ${xgboost}`)
}

test('two classes, with values missing, are told apart as the libraries do', () => {
  const made = fixture('binary')

  const model = trainedTrees(logistic, made.training, settings)

  const scores = predictionsOf(model, made.test)
  asGoodAs(made, rocAuc({ scores, truths: made.testTargets }))
})

for (const name of ['regression', 'monotone']) {
  test(`numbers are learned as the libraries do: ${name}`, () => {
    const made = fixture(name)

    const model = trainedTrees(squared, made.training, { ...settings, monotone: made.monotone })

    asGoodAs(made, rmse({ said: predictionsOf(model, made.test), truths: made.testTargets }))
  })
}

test('three classes are told apart as the libraries do', () => {
  const made = fixture('classes')

  const model = trainedTrees(multiclass(3), made.training, settings)

  const chances = predictionsOf(model, made.test)
  const scores = made.testTargets.map((_, row) => chances[row * 3 + 2] as number)
  asGoodAs(made, rocAuc({ scores, truths: made.testTargets.map((each) => Number(each === 2)) }))
})

test('lists are ranked as the libraries do', () => {
  const made = fixture('ranking')
  const groups = Array.from({ length: made.trainTargets.length / made.size }, () => made.size)

  const model = trainedTrees(lambdaRank(), { ...made.training, groups }, settings)

  const scores = scoresOf(model, made.test)
  const lists = Array.from({ length: made.testTargets.length / made.size }, (_, list) => {
    const rows = Array.from({ length: made.size }, (_, i) => list * made.size + i)
    rows.sort((a, b) => (scores[b] as number) - (scores[a] as number))
    return ndcgAt(
      10,
      rows.map((row) => 2 ** (made.testTargets[row] as number) - 1),
    )
  })
  const scored = lists.filter((each) => !Number.isNaN(each))
  asGoodAs(made, scored.reduce((sum, each) => sum + each, 0) / lists.length)
})

test('a constrained score never falls as its column rises', () => {
  const { training, monotone } = fixture('monotone')
  const model = trainedTrees(squared, training, { ...settings, monotone })

  for (let row = 0; row < 50; row += 1) {
    const steps = Array.from({ length: 41 }, (_, i) => {
      const values = Float32Array.from(rowOf(training.features, row))
      values[0] = (i - 20) / 5
      return values
    })
    const said = predictionsOf(model, matrixOf(steps))
    assert.ok(said.every((value, i) => i === 0 || value >= (said[i - 1] as number)))
  }
})

test('one seed is one model, drawn rows and columns and all', () => {
  const { training } = fixture('binary')
  const sampled = { ...settings, rounds: 10, rowShare: 0.5, columnShare: 0.5 }
  const learned = (seed: number) => trainedTrees(logistic, training, { ...sampled, seed })

  assert.deepEqual(learned(3), learned(3))
  assert.notDeepEqual(learned(3), learned(4))
})

test('it ends early where validation gets no better, at the best round', () => {
  const { training, test: features, testTargets } = fixture('binary')
  const random = randomFrom(1)
  const noise = { ...training, targets: training.targets.map(() => random.below(2)) }
  const validation = { features, targets: testTargets }

  const model = trainedTrees(logistic, { ...noise, validation }, { ...settings, patience: 5 })

  assert.ok(model.trees.length < 20)
})

test('shuffled labels teach nothing', () => {
  const { training, test: features, testTargets } = fixture('binary')
  const targets = randomFrom(2).shuffled(training.targets)

  const model = trainedTrees(logistic, { ...training, targets }, settings)

  const auc = rocAuc({ scores: predictionsOf(model, features), truths: testTargets })
  assert.ok(Math.abs(auc - 0.5) < 0.07, `${auc}`)
})

test('a weight of three is the row three times', () => {
  const { training, test: features } = fixture('binary')
  const loose = { ...settings, minLeafRows: 1, rounds: 20 }
  const weights = training.targets.map((each) => (each === 1 ? 3 : 1))
  const rows = training.targets.flatMap((each, row) => (each === 1 ? [row, row, row] : [row]))
  const targets = rows.map((row) => training.targets[row] as number)
  const thrice = { features: pickedRows(training.features, rows), targets }

  const weighted = trainedTrees(logistic, { ...training, weights }, loose)
  const repeated = trainedTrees(logistic, thrice, loose)

  const gap = rmse({
    said: predictionsOf(weighted, features),
    truths: predictionsOf(repeated, features),
  })
  assert.ok(gap < 5e-3, `${gap}`)
})

test('what each column added sums to the score', () => {
  const { training, test: features } = fixture('binary')
  const model = trainedTrees(logistic, training, settings)

  const { base, columns } = contributionsOf(model, rowOf(features, 0))

  const sum = columns.reduce((all, each) => all + each, base)
  assert.ok(Math.abs(sum - (scoresOf(model, features)[0] as number)) < 1e-9)
})

test('nothing to learn from is refused; one row or a constant gives a constant', () => {
  const one = { features: matrixOf([[Number.NaN, 1]]), targets: [1] }

  const model = trainedTrees(squared, one)

  assert.deepEqual([...predictionsOf(model, matrixOf([[7, Number.NaN]]))], [1])
  assert.throws(() => trainedTrees(squared, { features: matrixOf([], 2), targets: [] }), BadRows)
  assert.throws(() => trainedTrees(squared, { ...one, targets: [Number.NaN] }), BadRows)
  assert.throws(() => scoresOf(model, matrixOf([[1]])), BadRows)
})
