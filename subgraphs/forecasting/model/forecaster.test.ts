import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { openAugurs } from './augurs.ts'
import {
  demandForecast,
  forecasterFromJson,
  forecasterToJson,
  seasonality,
  weeksOf,
} from './forecaster.ts'
import { flat } from './methods.ts'
import { Sarima } from './sarima.ts'
import { weeklyMethods } from './weekly-methods.ts'
import { trainedForecaster } from './weekly-training.ts'

const shop = (seed: number, count: number) => {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, sku) => {
    const level = 5 + 40 * random.next()
    const lines = Array.from({ length: 308 }, (__, day) => ({
      day,
      units: Math.max(0, Math.round((level / 7) * (1 + 0.5 * random.normal()))),
    }))
    return { sku: `mug ${sku}`, lines }
  })
}
const training = { today: 280, horizon: 4, version: '1', seed: 1, draws: 320 }
const model = trainedForecaster(shop(1, 60), training)
const steady = Array.from({ length: 30 }, (_, week) => 20 + (week % 3))

test('the same rows train the same bytes', () => {
  const again = trainedForecaster(shop(1, 60), training)

  assert.equal(forecasterToJson(again), forecasterToJson(model))
  assert.deepEqual(forecasterFromJson(forecasterToJson(model)), model)
})

test('nine in ten weeks of shops like those learned from lie within the interval', () => {
  const weeks = shop(2, 200).map(({ lines }) =>
    Array.from({ length: 44 }, (_, week) =>
      lines.slice(week * 7, week * 7 + 7).reduce((sum, { units }) => sum + units, 0),
    ),
  )
  const inside = weeks.flatMap((units) => {
    const { low, high } = demandForecast(model, weeksOf(units.slice(0, 40)), 4)
    return units
      .slice(40)
      .map((truth, at) => Number(truth >= (low[at] ?? 0) && truth <= (high[at] ?? 0)))
  })

  const share = inside.reduce((sum, one) => sum + one, 0) / inside.length
  assert.ok(share > 0.87 && share < 0.93, `${share}`)
})

test('what cannot be demand is refused by a code', () => {
  for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY, 1e13]) {
    assert.throws(() => demandForecast(model, weeksOf([...steady, value]), 4), BadRows)
  }
  for (const horizon of [0, 1.5, 366, Number.NaN]) {
    assert.throws(() => demandForecast(model, weeksOf(steady), horizon), BadRows)
  }
})

test('a short past is answered by its mean and says so', () => {
  const { points, degraded, reasons } = demandForecast(model, weeksOf([4, 8]), 2)

  assert.deepEqual(points, [6, 6])
  assert.equal(degraded, true)
  assert.deepEqual(reasons, ['Only 2 weeks are known, and eight are needed.'])
  assert.deepEqual(demandForecast(model, weeksOf([]), 2).points, [0, 0])
})

test('what never moved, what was never bought and what is huge are finite and in order', () => {
  for (const past of [flat(7, 30), flat(0, 30), flat(1e12, 30), [...flat(0, 29), 1e6]]) {
    const { points, low, high, degraded } = demandForecast(model, weeksOf(past), 4)
    assert.equal(degraded, false)
    points.forEach((point, at) => {
      const [least, most] = [low[at] ?? Number.NaN, high[at] ?? Number.NaN]
      assert.ok(least >= 0 && least <= most && Number.isFinite(most) && Number.isFinite(point))
    })
  }
})

test('a million weeks are answered as fast as ten years', () => {
  const began = performance.now()

  const { points } = demandForecast(model, weeksOf(flat(7, 1_000_000)), 4)

  assert.ok(performance.now() - began < 1000)
  assert.deepEqual(points.map(Math.round), [7, 7, 7, 7])
})

test('a planted week of seven is told by its factors', () => {
  const days = Array.from({ length: 84 }, (_, day) => (day % 7 === 5 ? 40 : 20))

  const { kind, factors } = seasonality(days, 7)

  assert.equal(kind, 'multiplied')
  assert.ok(Math.abs((factors[5] ?? 0) / (factors[0] ?? 1) - 2) < 0.05)
  assert.deepEqual(seasonality(flat(3, 84), 7), { kind: 'none', factors: [] })
})

test('every weekly method is finite on every odd past of eight weeks', () => {
  const pasts = [flat(0, 8), flat(1, 8), [0, 0, 0, 0, 0, 0, 0, 9], [1e9, 0, 1e9, 0, 1e9, 0, 1e9, 0]]
  for (const [name, method] of Object.entries(weeklyMethods)) {
    for (const past of pasts) {
      assert.ok(method(weeksOf(past), 6).every(Number.isFinite), `${name} on ${past}`)
    }
  }
})

test('WebAssembly finds a planted trend and season, and falls back on what it refuses', async () => {
  const { autoEts, mstl, prophet } = await openAugurs()
  const days = Array.from({ length: 84 }, (_, day) => 100 + day + (day % 7 === 5 ? 40 : 0))

  for (const method of [mstl([7]), prophet(1)]) {
    method(days, 7).forEach((value, at) => {
      const truth = 184 + at + (at === 5 ? 40 : 0)
      assert.ok(Math.abs(value - truth) < 6, `${value} is not ${truth}`)
    })
  }
  for (const method of [autoEts, mstl([7]), prophet(7)]) {
    for (const past of [[], [3], flat(5, 9), flat(1e12, 30)]) {
      assert.ok(method(past, 2).every(Number.isFinite))
    }
    assert.throws(() => method([1, Number.NaN, 3], 2), BadRows)
  }
})

test('SARIMA continues a season, and what it cannot fit is degraded', async () => {
  await using sarima = new Sarima()
  const months = Array.from({ length: 72 }, (_, at) => 100 + at + 20 * Math.sin((at * Math.PI) / 6))

  const { ahead, degraded } = await sarima.forecast(months, 3, 12)
  const constant = await sarima.forecast(flat(5, 30), 3, 1)

  assert.equal(degraded, false)
  await assert.rejects(sarima.forecast([1, Number.NaN], 2, 1), BadRows)
  ahead.forEach((value, at) => {
    const truth = 172 + at + 20 * Math.sin(((72 + at) * Math.PI) / 6)
    assert.ok(Math.abs(value - truth) < 6, `${value} is not ${truth}`)
  })
  assert.ok(constant.ahead.every((value) => Math.abs(value - 5) < 0.1))
})

test('a fit that is late is ended, and the next is answered', async () => {
  await using sarima = new Sarima({ limitMs: 1 })
  const late = await sarima.forecast(
    Array.from({ length: 2000 }, (_, at) => at % 13),
    3,
    12,
  )

  assert.equal(late.degraded, true)
  assert.equal(late.ahead.length, 3)
})
