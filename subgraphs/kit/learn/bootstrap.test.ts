import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meanWithInterval } from './bootstrap.ts'
import { randomFrom } from './random.ts'

test('the interval of a mean is about as wide as theory has it', () => {
  const random = randomFrom(5)
  const values = Array.from({ length: 400 }, random.normal)

  const { value, interval: [low, high] = [0, 0] } = meanWithInterval(values, random)

  // Two standard errors of 400 standard normal draws are 0.1 on each side.
  assert.ok(low < value && value < high)
  assert.ok(high - low > 0.16 && high - low < 0.24)
})
