import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentOfTexts, contentOfVectors, nearTaste } from './content.ts'
import { topOf } from './ranking.ts'

test('the nearest text shares the rare word, in the plural too', () => {
  const content = contentOfTexts(['red tea mug', 'blue tea mugs', 'red garden hose', ''])

  const scores = nearTaste(content, [[0, 1]])

  assert.deepEqual(topOf(scores, 4), [0, 1, 2, 3])
  assert.ok(Math.abs((scores[0] ?? 0) - 1) < 1e-6 && scores[3] === 0)
})

test('vectors of an encoder take the place of texts', () => {
  const content = contentOfVectors([
    [1, 0],
    [0.9, 0.1],
    [0, 1],
    [Number.NaN, 0],
  ])

  assert.deepEqual(topOf(nearTaste(content, [[0, 2]]), 3), [0, 1, 2])
})

test('ten megabytes of text, and a script that is not ours, are read', () => {
  const content = contentOfTexts(['x '.repeat(5_000_000), 'Кружка для чая', 'чая'])

  assert.deepEqual(topOf(nearTaste(content, [[2, 1]]), 2), [2, 1])
})
