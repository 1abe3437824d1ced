import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { blendedByRank, blendedByScore, topOf } from './ranking.ts'
import { rowOf, sparseOf, strongest, transposed } from './sparse.ts'

test('the strongest are those that sorting finds, at every size', () => {
  const random = randomFrom(8)
  for (const size of [1, 2, 5, 40, 300]) {
    const row = Float64Array.from({ length: size }, random.normal)
    const most = Math.ceil(size / 3)

    const found = strongest(row, most).map(([place]) => place)

    const sorted = [...row.keys()].sort((a, b) => Math.abs(row[b] ?? 0) - Math.abs(row[a] ?? 0))
    assert.deepEqual(
      found,
      sorted.slice(0, most).sort((a, b) => a - b),
    )
  }
})

test('rows become columns', () => {
  const turned = transposed(
    sparseOf(
      [
        [
          [0, 1],
          [2, 2],
        ],
        [[2, 3]],
      ],
      3,
    ),
  )

  assert.deepEqual(rowOf(turned, 2), {
    places: Int32Array.of(0, 1),
    values: Float32Array.of(2, 3),
  })
  assert.deepEqual(rowOf(turned, 1).places.length, 0)
})

test('the best come first, a tie goes to the lower place, the hidden not at all', () => {
  assert.deepEqual(topOf([1, 3, -Infinity, 3, 2], 3), [1, 3, 4])
  assert.deepEqual(topOf([Number.NaN, 1], 5), [1])
})

test('two lists that agree beat one that is sure', () => {
  const blended = blendedByRank(
    [
      { weight: 1, places: [0, 1] },
      { weight: 1, places: [2, 1] },
    ],
    4,
  )

  assert.equal(topOf(blended, 4)[0], 1)
  assert.equal(blended[3], -Infinity)
})

test('scores of other scales meet in the ensemble', () => {
  const blended = blendedByScore([
    { weight: 0.5, scores: Float64Array.of(1000, 500) },
    { weight: 0.5, scores: Float64Array.of(0, 1) },
  ])

  assert.deepEqual(blended, Float64Array.of(0.5, 0.75))
})
