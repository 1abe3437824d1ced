import { randomFrom } from '@shop/kit/learn/random'
import { clearancePlan } from './clearance.ts'
import { fittedElasticities } from './elasticity.ts'
import { generated } from './generator.ts'
import { nextRung } from './ladder.ts'
import { recommendedPrice } from './optimiser.ts'
import { quantile } from './quantiles.ts'
import { simulatedRevenue } from './simulate.ts'

/** One answer of each kind, timed on what was made: nothing is read. */
const random = randomFrom(1)
const now = { price: 2499, cost: 1400 }
const belief = { elasticity: -2.1, error: 0.3, unitsNow: 40 }
const guards = { leastMargin: 0.15, mostStep: 0.2 }
const rungs = [1999, 2199, 2399, 2499, 2699].map((price) => ({ price, shown: 900, bought: 30 }))
const clearing = {
  stock: 300,
  periods: 8,
  prices: [2499, 1999, 1499, 999],
  demand: [10, 18, 35, 80],
  salvage: 100,
}
const prices = Array.from({ length: 12 }, () => 2299)

const began = performance.now()
const { sales } = generated(random, { products: 20, places: 20, periods: 80 })
const made = performance.now()
fittedElasticities(sales)
const fittedMs = performance.now() - made

const result = {
  capability: 'pricing',
  quoteMs: timed(5000, () => recommendedPrice(belief, { now, guards, objective: 'profit' })),
  ladderMs: timed(5000, () => nextRung(rungs, now.cost, random)),
  simulationMs: timed(50, () => simulatedRevenue(belief, { now, prices, noise: 0.3, seed: 1 })),
  clearanceMs: timed(50, () => clearancePlan(clearing)),
  elasticitiesOf20ProductsMs: fittedMs,
  rows: sales.length,
  seconds: (performance.now() - began) / 1000,
  memoryMb: process.memoryUsage().rss / 2 ** 20,
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)

function timed(times: number, act: () => unknown) {
  const took = Array.from({ length: times }, () => {
    const at = performance.now()
    act()
    return performance.now() - at
  })
  return { p50: quantile(took, 0.5), p95: quantile(took, 0.95) }
}
