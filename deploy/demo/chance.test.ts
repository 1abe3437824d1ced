import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beta, chanceOf, gamma, poisson } from './chance.ts'

test('a thing has its own chance, whatever was drawn for others', () => {
  const draws = (what: string, index: number) => {
    const chance = chanceOf(7, what, index)
    return [chance.next(), chance.next()]
  }

  assert.deepEqual(draws('mug', 3), draws('mug', 3))
  assert.notDeepEqual(draws('mug', 3), draws('mug', 4))
  assert.notDeepEqual(draws('mug', 3), draws('pot', 3))
})

test('counts, rates and shares have the means of their distributions', () => {
  const chance = chanceOf(1, 'means')
  const mean = (draw: () => number) =>
    Array.from({ length: 20_000 }, draw).reduce((sum, value) => sum + value, 0) / 20_000

  assert.ok(Math.abs(mean(() => poisson(chance, 2.5)) - 2.5) < 0.05)
  assert.ok(Math.abs(mean(() => poisson(chance, 80)) - 80) < 0.3)
  assert.ok(Math.abs(mean(() => gamma(chance, 0.7)) - 0.7) < 0.03)
  assert.ok(Math.abs(mean(() => gamma(chance, 3)) - 3) < 0.06)
  assert.ok(Math.abs(mean(() => beta(chance, 1.3, 16)) - 1.3 / 17.3) < 0.002)
  assert.ok(Math.abs(mean(() => chance.among([1, 0, 3])) - 1.5) < 0.03)
})
