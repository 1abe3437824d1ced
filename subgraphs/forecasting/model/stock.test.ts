import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { anomaliesIn } from './anomalies.ts'
import { chosenEnsemble } from './ensemble.ts'
import { croston, tsb } from './intermittent.ts'
import { allocated, newsvendorQuantity, reorderAdvice } from './inventory.ts'
import { promotedForecast, promotionUplift } from './promotion.ts'
import { bottomUp, hierarchyOf, minimumTrace } from './reconcile.ts'
import { supplierPerformance } from './suppliers.ts'

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1)

test('the newsvendor orders the quantile that its costs ask for', () => {
  const { quantity, expectedCost } = newsvendorQuantity(upTo(101), { under: 9, over: 1 })

  assert.equal(quantity, 91)
  for (const other of [80, 90, 92, 100]) {
    const cost = upTo(101).reduce(
      (sum, demand) => sum + (demand > other ? 9 * (demand - other) : other - demand),
      0,
    )
    assert.ok(cost / 101 >= expectedCost)
  }
})

test('stock is ordered at the reorder point and not above it', () => {
  const paths = Array.from({ length: 50 }, () => [10, 10, 10, 10, 10, 10, 10])
  const supply = { leadDays: [4], reviewDays: 3 }
  const costs = { under: 4, over: 1 }
  const ask = (onHand: number) =>
    reorderAdvice(paths, costs, { supply, stock: { onHand, onOrder: 0 } })

  assert.deepEqual(ask(40), {
    serviceLevel: 0.8,
    reorderPoint: 40,
    safetyStock: 0,
    orderQuantity: 30,
  })
  assert.equal(ask(41).orderQuantity, 0)
  assert.throws(
    () => reorderAdvice([], costs, { supply, stock: { onHand: 1, onOrder: 0 } }),
    BadRows,
  )
  assert.throws(() => newsvendorQuantity([Number.NaN], costs), BadRows)
})

test('a scarce delivery goes where it is sold, and all of it goes', () => {
  const shares = allocated(
    30,
    new Map([
      ['north', upTo(40)],
      ['south', upTo(10)],
    ]),
  )

  assert.equal(
    [...shares.values()].reduce((sum, share) => sum + share, 0),
    30,
  )
  assert.ok((shares.get('north') ?? 0) > 3 * (shares.get('south') ?? 0) - 4)
  assert.deepEqual(allocated(5, new Map()), new Map())
})

test('a promise kept twice is not better than one kept ninety-eight times of a hundred', () => {
  const of = (supplier: string, count: number, late: number) =>
    Array.from({ length: count }, (_, at) => ({
      supplier,
      promisedDays: 5,
      tookDays: at < late ? 9 : 4,
      ordered: 10,
      received: 10,
    }))

  const [first, second, third] = supplierPerformance([
    ...of('new', 2, 0),
    ...of('old', 100, 2),
    ...of('bad', 50, 40),
  ])

  assert.deepEqual([first?.supplier, second?.supplier, third?.supplier], ['old', 'new', 'bad'])
  assert.equal(second?.seen, 1)
  assert.ok((second?.interval[0] ?? 1) < 0.6)
  assert.deepEqual(supplierPerformance([]), [])
  assert.throws(
    () => supplierPerformance([{ ...of('x', 1, 0)[0], tookDays: Number.NaN } as never]),
    BadRows,
  )
})

test('a planted uplift is recovered, and refused where nothing was promoted', () => {
  const random = randomFrom(3)
  const periods = Array.from({ length: 60 }, (_, sku) =>
    Array.from({ length: 40 }, (__, week) => {
      const promoted = week % 5 === sku % 5
      const units = Math.round((5 + sku) * (promoted ? 1.6 : 1) * Math.exp(0.3 * random.normal()))
      return { sku: `${sku}`, promoted, units, trade: 1 }
    }),
  ).flat()

  const { factor, interval, skus } = promotionUplift(periods)

  assert.ok(Math.abs(factor - 1.6) < 0.08 && interval[0] < 1.6 && interval[1] > 1.6)
  assert.equal(skus, 60)
  assert.deepEqual(
    promotedForecast([10, 10, 10], { factor: 1.5 }, { from: 1, to: 1 }),
    [10, 15, 10],
  )
  assert.throws(() => promotionUplift(periods.filter(({ promoted }) => !promoted)), BadRows)
})

test('a planted spike and a planted drop are told of, and nothing else', () => {
  const random = randomFrom(9)
  const days = Array.from({ length: 200 }, (_, day) =>
    Math.round((day % 7 === 5 ? 80 : 40) * Math.exp(0.1 * random.normal())),
  )
  days[120] = 300
  days[160] = 0

  const found = anomaliesIn(days, { period: 7 })

  assert.deepEqual(
    found.map(({ at, kind }) => [at, kind]),
    [
      [120, 'spike'],
      [160, 'drop'],
    ],
  )
  assert.throws(() => anomaliesIn([1, Number.NaN], { period: 7 }), BadRows)
  assert.deepEqual(anomaliesIn([], { period: 7 }), [])
  assert.deepEqual(
    anomaliesIn(
      Array.from({ length: 60 }, () => 0),
      { period: 7 },
    ),
    [],
  )
})

test('the rate of what is bought every fourth week is told, and fades when it is bought no more', () => {
  const bought = Array.from({ length: 80 }, (_, week) => (week % 4 === 0 ? 8 : 0))
  const gone = [...bought, ...Array.from({ length: 40 }, () => 0)]

  assert.ok(Math.abs(croston(bought) - 2) < 0.15)
  assert.ok(Math.abs(tsb(bought) - 2) < 0.4)
  assert.ok(tsb(gone) < 0.05 && croston(gone) > 1.8)
  assert.equal(croston([0, 0]) + tsb([]), 0)
})

test('reconciled forecasts sum, and what summed already is not moved', () => {
  const hierarchy = hierarchyOf([
    { sku: 'mug', category: 'kitchen', warehouse: 'north' },
    { sku: 'mug', category: 'kitchen', warehouse: 'south' },
    { sku: 'lamp', category: 'light', warehouse: 'north' },
  ])
  const random = randomFrom(2)
  const bottom = [10, 20, 30]
  const errors = Array.from({ length: hierarchy.totals.length + 3 }, () =>
    Array.from({ length: 30 }, random.normal),
  )
  const coherent = bottomUp(hierarchy, bottom)

  const moved = minimumTrace(
    hierarchy,
    coherent.map((value, at) => value + (at === 0 ? 9 : 0)),
    errors,
  )

  assert.deepEqual(bottomUp(hierarchy, moved.slice(-3)), moved)
  const top = moved[0] ?? 0
  assert.ok(top > 60 && top < 69)
  minimumTrace(hierarchy, coherent, errors).forEach((value, at) => {
    assert.ok(Math.abs(value - (coherent[at] ?? 0)) < 1e-6)
  })
  assert.throws(() => minimumTrace(hierarchy, [1], errors), BadRows)
})

test('the ensemble is never worse at its origins than its best member', () => {
  const random = randomFrom(5)
  const trials = Array.from({ length: 40 }, () => {
    const truths = [100 + 10 * random.normal()]
    const said = new Map(
      ['a', 'b', 'c', 'd'].map((name) => [name, [(truths[0] ?? 0) + 20 * random.normal()]]),
    )
    return { said, truths }
  })

  const { alone, together, members } = chosenEnsemble(trials)

  assert.ok(together <= Math.min(...alone.values()))
  assert.ok(members.length > 1)
})
