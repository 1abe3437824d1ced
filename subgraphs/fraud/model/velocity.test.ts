import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Past } from './past.ts'
import { Velocity } from './velocity.ts'

test('windows slide: what is as old as a window has left it', () => {
  const velocity = new Velocity()
  for (const [at, amount] of [
    [0, 1],
    [25, 2],
    [29.5, 4],
  ] as const)
    velocity.saw('card', at, amount)

  const pace = velocity.about('card', 30)

  assert.deepEqual(pace, {
    counts: [1, 2, 2],
    sums: [4, 6, 6],
    total: 3,
    totalSum: 7,
    sinceLast: 0.5,
    sinceFirst: 30,
  })
  assert.deepEqual(velocity.about('card', 100).counts, [0, 0, 0])
  assert.deepEqual(velocity.about('another', 30).counts, [0, 0, 0])
})

test('a long history is counted as a short one is, and most of it is let go', () => {
  const velocity = new Velocity()
  for (let i = 0; i < 5000; i += 1) {
    velocity.saw('card', i / 10, 1)
    velocity.about('card', i / 10)
  }

  assert.deepEqual(velocity.about('card', 499.9).counts, [10, 70, 300])
  assert.equal(velocity.about('card', 499.9).total, 5000)
})

test('time does not go back, and what is no key is not remembered', () => {
  const velocity = new Velocity()
  velocity.saw('card', 10)
  velocity.saw('card', 3)
  velocity.saw('', 3)
  velocity.saw('x'.repeat(10_000_000), 3)

  assert.deepEqual(velocity.about('card', 2).counts, [2, 2, 2])
  assert.equal(velocity.about('', 4).total, 0)
  assert.equal(velocity.about('x'.repeat(10_000_000), 4).total, 0)
})

test('a label is known after its delay and not before', () => {
  const past = new Past(7)
  past.told({ at: 1, keys: ['card'] }, true)
  past.told({ at: 2, keys: ['card'] }, false)

  assert.equal(past.labels('card', 7.9).total, 0)
  assert.deepEqual(past.labels('card', 8).sums, [1, 1, 1])
  assert.equal(past.labels('card', 9).total, 2)
  assert.equal(past.frauds('card', 9).total, 1)
  // One fraud of two, drawn to the share of all (2 of 22) by eight.
  assert.equal(past.risk('card', 9, 8), (1 + (8 * 2) / 22) / 10)
})
