import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { clearancePlan } from './clearance.ts'
import { bestDiscount } from './discounts.ts'
import { emptyArm, seen, verdict } from './experiment.ts'
import { allowedPrices } from './guards.ts'
import { nextRung } from './ladder.ts'
import { recommendedPrice } from './optimiser.ts'
import { simulatedRevenue } from './simulate.ts'

const now = { price: 1000, cost: 500 }
const wide = { leastMargin: 0, mostStep: 0.9 }
const belief = { elasticity: -2, error: 0, unitsNow: 100 }
const ask = { now, guards: wide, objective: 'profit' as const }

test('with one elasticity the price of most profit is Lerner’s', () => {
  for (const [elasticity, cost] of [
    [-2, 500],
    [-3, 600],
    [-1.8, 700],
  ] as const) {
    const { price } = recommendedPrice(
      { ...belief, elasticity },
      { ...ask, now: { price: 1000, cost } },
    )
    assert.equal(price, Math.round((cost * elasticity) / (elasticity + 1)))
  }
})

test('a price keeps margin, step and least advertised price, whatever the profit', () => {
  const of = (guards: object, elasticity: number) =>
    recommendedPrice({ ...belief, elasticity }, { ...ask, guards: { ...wide, ...guards } }).price

  assert.equal(of({ mostStep: 0.1 }, -1.2), 1100)
  assert.equal(of({ mostStep: 0.1 }, -9), 900)
  assert.equal(of({ leastMargin: 0.45 }, -9), 910)
  assert.equal(of({ leastAdvertised: 980 }, -9), 980)
  assert.equal(of({ most: 1050 }, -1.2), 1050)
})

test('where no price keeps all guards it stays, and people are told why', () => {
  const guards = { leastMargin: 0.5, mostStep: 0.1 }

  const quote = recommendedPrice(belief, { ...ask, now: { price: 1000, cost: 900 }, guards })

  assert.equal(quote.price, 1000)
  assert.deepEqual(quote.reasons, [
    'No price keeps all guards.',
    'not below 1800: the least margin',
    'not above 1100: the step up',
  ])
  assert.equal(allowedPrices({ price: 1000, cost: 900 }, guards).blocked, true)
})

test('an elasticity above zero moves no price', () => {
  const { price, degraded } = recommendedPrice({ ...belief, elasticity: 0.3 }, ask)

  assert.deepEqual({ price, degraded }, { price: 1000, degraded: true })
})

test('what is no price, cost, guard or belief is refused by a code', () => {
  const bad = [Number.NaN, -1, Number.POSITIVE_INFINITY, 1e15]
  for (const value of bad) {
    assert.throws(
      () => recommendedPrice(belief, { ...ask, now: { price: value, cost: 1 } }),
      BadRows,
    )
    assert.throws(
      () => recommendedPrice(belief, { ...ask, guards: { ...wide, mostStep: value } }),
      BadRows,
    )
    assert.throws(() => recommendedPrice({ ...belief, error: value }, ask), BadRows)
  }
  assert.throws(() => bestDiscount({ ...discounted, units: Number.NaN }, [0.1]), BadRows)
  assert.throws(() => nextRung([], 1, randomFrom(1)), BadRows)
  assert.throws(() => nextRung([{ price: 1, shown: 1, bought: 2 }], 1, randomFrom(1)), BadRows)
  assert.throws(() => seen(emptyArm, Number.NaN), BadRows)
  assert.throws(() => clearancePlan({ ...season, stock: -1 }), BadRows)
  assert.throws(() => simulatedRevenue(belief, { now, prices: [0], noise: 0, seed: 1 }), BadRows)
})

test('simulated revenue is what the elasticity says, and the same for the same seed', () => {
  const plan = { now, prices: [900, 900], noise: 0.2, seed: 3 }

  const told = simulatedRevenue(belief, plan)

  const truth = 2 * 100 * 0.9 ** -2 * 900
  assert.ok(Math.abs(told.revenue.mean / truth - 1) < 0.02)
  assert.ok(told.revenue.interval[0] < truth && told.revenue.interval[1] > truth)
  assert.deepEqual(simulatedRevenue(belief, plan), told)
})

const discounted = {
  now,
  units: 100,
  elasticity: -3,
  display: 1.3,
  taken: 0,
  leastMargin: 0.1,
}

test('the discount of most profit is found, and none is given where none pays', () => {
  const depths = [0.05, 0.1, 0.15, 0.2, 0.3]

  assert.equal(bestDiscount(discounted, depths).depth, 0.2)
  assert.deepEqual(bestDiscount({ ...discounted, elasticity: -1, display: 1 }, depths), {
    depth: 0,
    price: 1000,
    gain: 0,
  })
  assert.equal(bestDiscount({ ...discounted, leastMargin: 0.44 }, depths).depth, 0.1)
  assert.equal(bestDiscount({ ...discounted, taken: 600 }, depths).depth, 0)
})

const season = {
  stock: 40,
  periods: 4,
  prices: [2000, 1500, 1000],
  demand: [4, 8, 20],
  salvage: 0,
}

test('markdowns only fall, and a large stock is marked down sooner', () => {
  const few = clearancePlan({ ...season, stock: 10 })
  const many = clearancePlan({ ...season, stock: 80 })

  for (const { prices } of [few, many]) {
    assert.deepEqual(
      prices,
      prices.toSorted((a, b) => b - a),
    )
  }
  assert.equal(few.prices[0], 2000)
  assert.equal(many.prices[0], 1000)
  assert.ok(many.expectedRevenue <= 80_000 && many.expectedRevenue > 70_000)
  assert.equal(clearancePlan({ ...season, stock: 0 }).expectedRevenue, 0)
})

test('no plan of fixed prices brings more than the clearance plan', () => {
  const best = clearancePlan(season).expectedRevenue

  for (const at of [0, 1, 2]) {
    const fixed = { prices: [season.prices[at] ?? 0], demand: [season.demand[at] ?? 0] }
    assert.ok(clearancePlan({ ...season, ...fixed }).expectedRevenue <= best + 1e-6)
  }
})

const compared = (difference: number, seed: number) => {
  const random = randomFrom(seed)
  let [control, variant, lowest] = [emptyArm, emptyArm, 1]
  for (let visitor = 1; visitor <= 3000; visitor += 1) {
    control = seen(control, 2 + random.normal())
    variant = seen(variant, 2 + difference + random.normal())
    const told = verdict(control, variant, { alpha: 0.05, worth: 0.2, least: 50, lowest })
    lowest = told.pValue
    if (told.stop) return { visitor, ...told }
  }
  return undefined
}

test('an experiment looked at after every visitor stops falsely in at most five of a hundred', () => {
  const stops = Array.from({ length: 300 }, (_, seed) => compared(0, seed)).filter(Boolean)

  assert.ok(stops.length <= 15, `${stops.length}`)
})

test('a difference that is there is found, with its sign and about its size', () => {
  const found = Array.from({ length: 20 }, (_, seed) => compared(0.25, seed))

  for (const told of found) assert.ok((told?.difference ?? -1) > 0)
  assert.equal(verdict(emptyArm, emptyArm, { alpha: 0.05, worth: 1, least: 2 }).stop, false)
})

test('the ladder comes to show the rung of most profit', () => {
  const random = randomFrom(8)
  const chance = [0.1, 0.09, 0.03]
  const rungs = [900, 1000, 1100].map((price) => ({ price, shown: 0, bought: 0 }))
  for (let visitor = 0; visitor < 4000; visitor += 1) {
    const rung = rungs[nextRung(rungs, 500, random)]
    if (!rung) continue
    rung.shown += 1
    if (random.next() < (chance[rungs.indexOf(rung)] ?? 0)) rung.bought += 1
  }

  assert.ok((rungs[1]?.shown ?? 0) > 2000, JSON.stringify(rungs))
})
