import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roundsOf } from './schedule.ts'

test('the same seed gives the same schedule, and nobody is told to end twice before all were once', () => {
  const asked = { seed: 7, rounds: 6, victims: ['orders', 'gateway', 'redis'] }

  const [one, two] = [roundsOf(asked), roundsOf(asked)]

  const first = one.slice(0, 3).map(({ victim }) => victim)
  assert.deepEqual(one, two)
  assert.deepEqual(first.toSorted(), ['gateway', 'orders', 'redis'])
})
