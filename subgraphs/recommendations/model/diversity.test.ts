import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diversified, sameness } from './diversity.ts'
import { sparseOf } from './sparse.ts'

/** 0 and 1 are twins; 2 is like nothing. */
const alike = sparseOf([[[1, 1]], [[0, 1]], []], 3)
const candidates = [
  { place: 0, score: 1 },
  { place: 1, score: 0.9 },
  { place: 2, score: 0.8 },
]

test('a twin gives way to what is different', () => {
  const order = (relevance: number) =>
    diversified(candidates, { alike, relevance, count: 2 }).map(({ place }) => place)

  assert.deepEqual(order(1), [0, 1])
  assert.deepEqual(order(0.5), [0, 2])
  assert.ok(sameness(order(0.5), alike) < sameness(order(1), alike))
})

test('fewer candidates than places are all shown, and none none', () => {
  assert.deepEqual(diversified(candidates, { alike, relevance: 0.5, count: 9 }).length, 3)
  assert.deepEqual(diversified([], { alike, relevance: 0.5, count: 9 }), [])
})
