import assert from 'node:assert/strict'
import { test } from 'node:test'
import { learnedFactors, scoresOf, shopperVectors } from './als.ts'
import { sparseOf } from './sparse.ts'

const settings = { factors: 4, rounds: 10, penalty: 0.1, certainty: 10, seed: 1 }

/** Two crowds that have nothing in common: items 0 to 4, and items 5 to 9. */
const crowds = sparseOf(
  Array.from({ length: 40 }, (_, shopper) => {
    const first = shopper % 2 === 0 ? 0 : 5
    const left = first + (shopper % 5)
    return [0, 1, 2, 3, 4].map((at) => [first + at, 1] as const).filter(([at]) => at !== left)
  }),
  10,
)

test('one that was never seen is told the items of the crowd it belongs to', () => {
  const items = learnedFactors(crowds, settings)
  const vectorOf = shopperVectors(items, settings)

  const scores = scoresOf(
    items,
    vectorOf([
      [6, 1],
      [8, 1],
    ]),
  )

  const best = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 5)
  assert.deepEqual(new Set(best), new Set([5, 6, 7, 8, 9]))
})

test('the same seed gives the same bits', () => {
  assert.deepEqual(learnedFactors(crowds, settings), learnedFactors(crowds, settings))
  assert.notDeepEqual(
    learnedFactors(crowds, settings),
    learnedFactors(crowds, { ...settings, seed: 2 }),
  )
})

test('no history has no taste, and no items no scores', () => {
  const items = learnedFactors(crowds, settings)

  assert.deepEqual(scoresOf(items, shopperVectors(items, settings)([])), new Float64Array(10))
  assert.deepEqual(scoresOf([], shopperVectors([], settings)([])), new Float64Array(0))
})
