import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classFigures, unavoidableError } from './class-figures.ts'
import { averagePrecision, calibrationError, rocAuc } from './class-metrics.ts'
import { randomFrom } from './random.ts'

const random = randomFrom(8)
const chances = Array.from({ length: 600 }, () => Math.round(random.next() * 50) / 50)
const truths = chances.map((chance) => Number(random.next() < chance))

test('the figures are the metrics, within their intervals', () => {
  const figures = classFigures({ scores: chances, truths }, randomFrom(1))

  const metrics = { rocAuc, averagePrecision, calibrationError }
  for (const [name, metric] of Object.entries(metrics)) {
    const { value, interval } = figures[name as keyof typeof metrics]
    const [low, high] = interval ?? [2, -1]
    assert.ok(Math.abs(value - metric({ scores: chances, truths })) < 1e-12)
    assert.ok(low < high && low < value + 0.03 && value < high, `${name} ${low} ${value} ${high}`)
  }
})

test('true chances have an error too, and it shrinks with rows', () => {
  const few = unavoidableError(chances.slice(0, 60), randomFrom(1))
  const many = unavoidableError(chances, randomFrom(1))

  assert.ok(few > 2 * many && many > 0.005)
})
