import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inLogs, naive, seasonal } from './methods.ts'
import { decomposed, seasonsOf } from './seasons.ts'
import { dampedSmoothing, holtSmoothing, simpleSmoothing } from './smoothing.ts'
import { dynamicTheta, theta } from './theta.ts'

const near = (seen: readonly number[], wanted: readonly number[], by: number) =>
  seen.forEach((value, at) => {
    const goal = wanted[at] ?? Number.NaN
    assert.ok(Math.abs(value - goal) <= by * Math.abs(goal), `${value} is not near ${goal}`)
  })

const line = Array.from({ length: 40 }, (_, at) => 100 + 2 * at)

test('a straight line goes on: in full by Holt, in half by Theta, between by the damped trend', () => {
  const next = [180, 182, 184]

  near(holtSmoothing(line, 3).ahead, next, 0.005)
  near(dampedSmoothing(line, 3).ahead, next, 0.02)
  near(theta(line, 3), next, 0.02)
  near(dynamicTheta(line, 3), next, 0.02)
})

test('a growth of three in a hundred is a line in logarithms', () => {
  const grown = Array.from({ length: 40 }, (_, at) => 50 * 1.03 ** at)

  const ahead = inLogs((values, horizon) => holtSmoothing(values, horizon).ahead)(grown, 3)

  near(ahead, [50 * 1.03 ** 40, 50 * 1.03 ** 41, 50 * 1.03 ** 42], 0.01)
})

test('a planted season is found, factor by factor, and put back on the forecast', () => {
  const planted = [0.5, 1, 1.2, 1.3]
  const values = Array.from({ length: 40 }, (_, at) => (100 + at) * (planted[at % 4] ?? 1))

  const seasons = seasonsOf(values, 4)

  assert.equal(seasons.kind, 'multiplied')
  near(seasons.factors, planted, 0.02)
  near(
    seasonal((own, horizon) => dampedSmoothing(own, horizon).ahead, 4)(values, 4),
    [140 * 0.5, 141, 142 * 1.2, 143 * 1.3],
    0.03,
  )
})

test('no season is found where there is none, nor in too short a past', () => {
  assert.equal(seasonsOf(line, 1).kind, 'none')
  assert.equal(seasonsOf(line.slice(0, 8), 4).kind, 'none')
  assert.equal(
    seasonsOf(
      Array.from({ length: 40 }, () => 7),
      4,
    ).kind,
    'none',
  )
})

test('where a value is zero the season is added', () => {
  const values = Array.from({ length: 40 }, (_, at) => (at % 4) * 10)

  const { kind, factors } = decomposed(values, 4)

  assert.equal(kind, 'added')
  near(factors, [-15, -5, 5, 15], 1e-9)
})

test('what is constant stays so, and one value is its own future', () => {
  for (const method of [theta, dynamicTheta, naive]) near(method([5, 5, 5, 5, 5], 2), [5, 5], 0.02)
  near(simpleSmoothing([5], 2).ahead, [5, 5], 1e-9)
})
