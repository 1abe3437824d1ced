import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from './random.ts'

test('one seed is one sequence, and another seed another', () => {
  const draws = (seed: number) => Array.from({ length: 3 }, randomFrom(seed).next)

  assert.deepEqual(draws(7), draws(7))
  assert.notDeepEqual(draws(7), draws(8))
})

test('uniform and normal have the moments of their distributions', () => {
  const random = randomFrom(1)
  const mean = (draw: () => number) => {
    let sum = 0
    for (let i = 0; i < 100_000; i += 1) sum += draw()
    return sum / 100_000
  }

  assert.ok(Math.abs(mean(random.next) - 0.5) < 0.005)
  assert.ok(Math.abs(mean(random.normal)) < 0.015)
  assert.ok(Math.abs(mean(() => random.normal() ** 2) - 1) < 0.02)
})

test('a shuffle keeps what it was given', () => {
  const shuffled = randomFrom(3).shuffled([1, 2, 3, 4, 5])

  assert.deepEqual(shuffled.toSorted(), [1, 2, 3, 4, 5])
})
