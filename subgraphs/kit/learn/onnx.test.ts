import assert from 'node:assert/strict'
import { test } from 'node:test'
import { predictionsOf, trainedTrees } from './boosting.ts'
import { anomalyScores, isolationForest } from './isolation-forest.ts'
import { classChances, logisticRegression } from './logistic-regression.ts'
import { matrixOf } from './matrix.ts'
import { logistic, multiclass, squared } from './objectives.ts'
import { type Graph, onnxFile } from './onnx.ts'
import { linearGraph, logisticGraph } from './onnx-linear.ts'
import { forestGraph, treeGraph } from './onnx-trees.ts'
import { randomFrom } from './random.ts'
import { BadModel } from './refusals.ts'
import { linearPredictions, ridge } from './ridge.ts'
import { answersFrom, sessionOf } from './session.ts'
import { sparseFrom } from './sparse.ts'

const random = randomFrom(6)
const rows = Array.from({ length: 400 }, () => Array.from({ length: 5 }, random.normal))
const whole = matrixOf(rows)
/** With values missing, values seen in training and values far from it. */
const holed = matrixOf(
  rows.map((row) => row.map((value) => (random.below(6) === 0 ? Number.NaN : value * 3))),
)
const values = rows.map(([a = 0, b = 0, c = 0]) => a - b * c + random.normal() / 5)
const classes = values.map((value) => (value > 1 ? 2 : value > -1 ? 1 : 0))

async function same(graph: Graph, own: Float64Array, features = holed) {
  const bytes = onnxFile(graph)
  assert.deepEqual(onnxFile(graph), bytes)
  const theirs = await answersFrom(await sessionOf(bytes), features)
  assert.equal(theirs.length, own.length)
  const gap = own.reduce((most, each, i) => Math.max(most, Math.abs(each - (theirs[i] ?? NaN))), 0)
  assert.ok(gap < 1e-5, `${gap}`)
}

const objectives = [
  ['squared', squared, values],
  ['logistic', logistic, classes.map((each) => Number(each > 0))],
  ['multiclass', multiclass(3), classes],
] as const

for (const [name, objective, targets] of objectives) {
  test(`the graph of trees answers as the trees do: ${name}`, async () => {
    const model = trainedTrees(objective, { features: holed, targets }, { rounds: 30 })

    await same(treeGraph(model), predictionsOf(model, holed))
  })
}

test('a model that learned nothing is a graph too', async () => {
  const model = trainedTrees(squared, { features: whole, targets: values }, { rounds: 0 })

  await same(treeGraph(model), predictionsOf(model, whole), whole)
})

test('the graph of a forest answers as the forest does', async () => {
  const forest = isolationForest(whole)

  await same(forestGraph(forest), anomalyScores(forest, holed))
})

test('the graphs of lines answer as the lines do', async () => {
  const line = ridge(whole, values)
  const lines = logisticRegression({ features: sparseFrom(whole), targets: classes, classes: 3 })

  await same(linearGraph(line), linearPredictions(line, whole), whole)
  await same(logisticGraph(lines), classChances(lines, sparseFrom(whole)), whole)
})

test('what is no graph is refused', () =>
  assert.rejects(sessionOf(new TextEncoder().encode('not a graph')), BadModel))
