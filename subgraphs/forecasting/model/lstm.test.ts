import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { shareInError } from './ensemble.ts'
import { lstmForecast, trainLstm } from './lstm.ts'
import { backward, forward, type Network, traceFor } from './lstm-cell.ts'
import { flat, medianOf } from './methods.ts'

const random = randomFrom(4)
const waves = Array.from({ length: 30 }, () => {
  const [level, first] = [10 + 90 * random.next(), random.below(6)]
  return Array.from({ length: 60 }, (_, at) => ((at + first) % 6 < 3 ? level : 3 * level))
})
const small = { window: 12, horizon: 3, seed: 1, rounds: 5, draws: 1600, hidden: 8 }

const channels = (series: readonly number[][]) => series.map((values) => ({ values }))

const errorOf = (told: (past: number[]) => number[], series: readonly number[][]) =>
  shareInError(
    series.map((values) => ({ ahead: told(values.slice(0, 57)), truths: values.slice(57) })),
  )

test('the way back is the slope of the way forth', () => {
  const weights = (size: number) => Float64Array.from({ length: size }, () => random.normal() * 0.4)
  const network: Network = {
    inputs: 1,
    hidden: 3,
    outputs: 2,
    gates: weights(60),
    head: weights(8),
  }
  const sequence = [0.2, -0.4, 0.9, 0.1]
  const loss = () => forward(network, sequence, traceFor(4, 3)).reduce((sum, out) => sum + out, 0)
  const gradient = { gates: new Float64Array(60), head: new Float64Array(8) }
  const trace = traceFor(4, 3)
  forward(network, sequence, trace)

  backward(network, { sequence, trace, errors: [1, 1] }, gradient)

  for (const part of ['gates', 'head'] as const) {
    gradient[part].forEach((slope, at) => {
      const before = network[part][at] as number
      network[part][at] = before + 1e-6
      const above = loss()
      network[part][at] = before - 1e-6
      const below = loss()
      network[part][at] = before
      assert.ok(Math.abs(slope - (above - below) / 2e-6) < 1e-6, `${part} ${at}`)
    })
  }
})

test('one seed is one network to the bit, and another seed another', () => {
  const weights = (seed: number) =>
    trainLstm(channels(waves), { ...small, seed, rounds: 1 }).network.gates

  assert.deepEqual(weights(1), weights(1))
  assert.notDeepEqual(weights(1), weights(2))
})

test('a planted season is learned; from shuffled weeks nothing is', () => {
  const shuffled = waves.map((values) => random.shuffled(values))
  const taught = trainLstm(channels(waves), small)
  const misled = trainLstm(channels(shuffled), small)
  const median = errorOf((past) => flat(medianOf(past.slice(-12)), 3), shuffled)

  assert.ok(errorOf((past) => lstmForecast(taught, { values: past }), waves) < 0.25)
  assert.ok(errorOf((past) => lstmForecast(misled, { values: past }), shuffled) > 0.8 * median)
})

test('no series, an empty one, one of zeros and a huge one are answered by finite numbers', () => {
  const model = trainLstm([], small)

  for (const past of [[], [3], flat(0, 20), flat(1e12, 20)]) {
    const ahead = lstmForecast(model, { values: past })
    assert.equal(ahead.length, 3)
    assert.ok(ahead.every((value) => Number.isFinite(value) && value >= 0))
  }
})

test('what is known beside the values is used: a sign of the next jump is believed', () => {
  const told = Array.from({ length: 40 }, () => {
    const jumps = Array.from({ length: 60 }, () => (random.next() < 0.5 ? 1 : 5))
    return { values: jumps, beside: [[...jumps.slice(1), 1].map((next) => next * 2)] }
  })
  const next = { ...small, horizon: 1 }
  const errorWith = (series: typeof told | { values: number[] }[]) => {
    const model = trainLstm(series, next)
    return shareInError(
      series.map((own) => {
        const past = { ...own, values: own.values.slice(0, 40) }
        const known =
          'beside' in own ? { ...past, beside: own.beside.map((each) => each.slice(0, 40)) } : past
        return { ahead: lstmForecast(model, known), truths: own.values.slice(40, 41) }
      }),
    )
  }

  assert.ok(errorWith(told) < 0.5 * errorWith(told.map(({ values }) => ({ values }))))
})
