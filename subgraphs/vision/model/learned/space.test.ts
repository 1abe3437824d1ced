import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Matrix, rowOf } from '@shop/kit/learn/matrix'
import { onnxFile } from '@shop/kit/learn/onnx'
import { randomFrom } from '@shop/kit/learn/random'
import { sessionOf } from '@shop/kit/learn/session'
import { Tensor } from 'onnxruntime-node'
import { ranked } from '../judging/scored.ts'
import type { Labelled } from './discriminant.ts'
import { openProducts } from './products.ts'
import { placed, trainedSpace, vectorSize } from './space.ts'
import { spaceGraph } from './space-graph.ts'

const products = await openProducts()
const settings = { seed: 1, directions: 40, shrinkage: 0.05, look: 0.25 }

/** Rows around a centre a class; the label may be given at random instead. */
function examples(seed: number, { shuffled = false } = {}): Labelled {
  const [rows, columns, classes] = [600, 160, 6]
  const random = randomFrom(seed)
  const centres = randomFrom(99)
  const centre = Array.from({ length: classes * columns }, () => centres.normal())
  const labels = Array.from({ length: rows }, (_, row) => row % classes)
  const values = Float32Array.from({ length: rows * columns }, (_, i) => {
    const label = labels[Math.floor(i / columns)] as number
    return (centre[label * columns + (i % columns)] as number) + 3 * random.normal()
  })
  return {
    rows: { rows, columns, values },
    labels: shuffled ? random.shuffled(labels) : labels,
    classes,
  }
}

const accuracyOn = (chances: Matrix, labels: ArrayLike<number>) =>
  ranked(chances, labels).right.reduce((sum, each) => sum + each, 0) / labels.length

test('the same seed learns the same file, byte for byte', async () => {
  const file = async () => onnxFile(spaceGraph(await trainedSpace(products, examples(1), settings)))

  assert.deepEqual(await file(), await file())
})

test('classes are told apart on rows that were not learned from', async () => {
  const space = await trainedSpace(products, examples(1), settings)

  const unseen = examples(2)
  const { vectors, chances } = await placed(products, space, unseen.rows)

  assert.ok(accuracyOn(chances, unseen.labels) > 0.9)
  assert.equal(vectors.columns, vectorSize)
  assert.ok(Math.abs(Math.hypot(...rowOf(vectors, 0)) - 1) < 1e-5)
  assert.ok(space.thresholds.every((least) => least > 0 && least <= 1))
})

test('shuffled labels teach nothing', async () => {
  const space = await trainedSpace(products, examples(1, { shuffled: true }), settings)

  const unseen = examples(2)
  const { chances } = await placed(products, space, unseen.rows)

  const chance = accuracyOn(chances, unseen.labels)
  assert.ok(chance < 0.3, `${chance} of six classes`)
  assert.ok(Math.max(...chances.values) < 0.6)
})

test('the ONNX file gives what was computed here', async () => {
  const space = await trainedSpace(products, examples(1), settings)
  const { rows } = examples(3)
  const session = await sessionOf(onnxFile(spaceGraph(space)))

  const found = await session.run({
    features: new Tensor('float32', rows.values, [rows.rows, rows.columns]),
  })

  const here = await placed(products, space, rows)
  for (const [name, expected] of [
    ['vectors', here.vectors],
    ['chances', here.chances],
  ] as const) {
    const given = found[name]?.data as Float32Array
    const worst = given.reduce(
      (most, each, i) => Math.max(most, Math.abs(each - (expected.values[i] as number))),
      0,
    )
    assert.ok(worst < 1e-5, `${name} differ by ${worst}`)
  }
})
