import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from './random.ts'
import { folds, groupedFolds, rollingOrigins, splitByTime, stratifiedFolds } from './splits.ts'

test('each row is scored once, and never learned from where it is scored', () => {
  const made = folds(10, 3, randomFrom(1))

  const scored = made.flatMap(({ score }) => score).toSorted((a, b) => a - b)
  assert.deepEqual(scored, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const { train, score } of made) {
    assert.deepEqual(
      train.filter((row) => score.includes(row)),
      [],
    )
    assert.equal(train.length + score.length, 10)
  }
})

test('a class is spread over all folds, a group is in one', () => {
  const targets = [1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
  const shoppers = ['ada', 'ben', 'ada', 'eve', 'ben', 'eve']

  const stratified = stratifiedFolds(targets, 2, randomFrom(1))
  const grouped = groupedFolds(shoppers, 3, randomFrom(1))

  assert.deepEqual(
    stratified.map(({ score }) => score.filter((row) => targets[row] === 1).length),
    [1, 1],
  )
  assert.deepEqual(
    grouped.map(({ score }) => new Set(score.map((row) => shoppers[row])).size),
    [1, 1, 1],
  )
})

test('what comes later is scored, equal times together', () => {
  const { train, score } = splitByTime([3, 1, 2, 3, 0], 0.2)

  assert.deepEqual(train, [1, 2, 4])
  assert.deepEqual(score, [0, 3])
})

test('origins roll up to the end, and none has too little before it', () => {
  const origins = rollingOrigins({ length: 10, horizon: 2, origins: 4, least: 5 })

  assert.deepEqual(origins, [
    { at: 6, horizon: [6, 7] },
    { at: 8, horizon: [8, 9] },
  ])
})
