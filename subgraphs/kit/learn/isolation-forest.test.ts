import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { rocAuc } from './class-metrics.ts'
import { anomalyScores, isolationForest } from './isolation-forest.ts'
import { matrixOf } from './matrix.ts'
import { BadRows } from './refusals.ts'

const file = new URL('fixtures/forest.json', import.meta.url)
const made = JSON.parse(readFileSync(file, 'utf8')) as {
  rows: number[][]
  odd: number[]
  scores: number[]
  rocAuc: number
}

test('what stands apart is found as scikit-learn finds it', () => {
  const features = matrixOf(made.rows)

  const scores = anomalyScores(isolationForest(features, { trees: 300 }), features)

  const auc = rocAuc({ scores, truths: made.odd })
  assert.ok(Math.abs(auc / made.rocAuc - 1) <= 0.005, `${auc} beside ${made.rocAuc}`)
  const gap = scores.map((score, i) => Math.abs(score - (made.scores[i] as number)))
  assert.ok(gap.reduce((sum, each) => sum + each, 0) / gap.length < 0.015)
})

test('alike rows are all as usual, and missing values are no stranger than a coin', () => {
  const same = matrixOf(Array.from({ length: 300 }, () => [1, 2]))
  const forest = isolationForest(matrixOf(made.rows))

  const [score = 0] = anomalyScores(isolationForest(same), same)
  const [unknown = 2] = anomalyScores(forest, matrixOf([made.rows[0]?.map(() => Number.NaN) ?? []]))

  assert.ok(Math.abs(score - 0.5) < 1e-6)
  assert.ok(unknown > 0 && unknown < 1)
  assert.throws(() => isolationForest(matrixOf([], 2)), BadRows)
})
