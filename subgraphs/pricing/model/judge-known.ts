import { meanWithInterval, statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { type Elasticity, fittedElasticities } from './elasticity.ts'
import { emptyArm, seen, verdict } from './experiment.ts'
import { generated } from './generator.ts'
import { nextRung, type Rung } from './ladder.ts'
import { recommendedPrice } from './optimiser.ts'
import { quantile } from './quantiles.ts'

/** What can only be judged where the truth is known: on worlds that were made. */
export function judgeKnown({ seed }: Judging): Metric[] {
  const random = randomFrom(seed)
  const worlds = Array.from({ length: 200 }, () => recovered(random))
  return [
    recovery(worlds, random),
    coverage(worlds, random),
    profit(worlds, random),
    falseStops(random),
    ladder(random),
    quoteTime(),
  ]
}

interface Recovered {
  truth: number
  told: Elasticity
}

function recovered(random: Random): Recovered[] {
  const { sales, truths } = generated(random, { products: 10, places: 8, periods: 60 })
  const { products } = fittedElasticities(sales)
  return products.map((told) => ({ told, truth: truths.get(told.product) ?? Number.NaN }))
}

const relative = (all: readonly Recovered[], of: (told: Elasticity) => number) =>
  all.reduce((sum, { truth, told }) => sum + Math.abs(of(told) / truth - 1), 0) / all.length

function recovery(worlds: readonly Recovered[][], random: Random): Metric {
  const all = worlds.flat()
  const off = all.filter(({ truth, told }) => Math.abs(told.value / truth - 1) > 0.1)
  return {
    name: 'generator mean relative error of elasticity',
    higherIsBetter: false,
    floor: 0.1,
    ...statisticWithInterval(
      worlds,
      (sample) => relative(sample.flat(), ({ value }) => value),
      random,
    ),
    baselines: { 'not drawn to the category': { value: relative(all, ({ alone }) => alone) } },
    scored: all.length,
    note: `${((100 * off.length) / all.length).toFixed(1)} in a hundred are off by more than a tenth.`,
  }
}

function coverage(worlds: readonly Recovered[][], random: Random): Metric {
  const share = (sample: readonly Recovered[]) =>
    sample.filter(({ truth, told }) => truth >= told.interval[0] && truth <= told.interval[1])
      .length / sample.length
  return {
    name: 'generator distance of 90 % coverage of elasticity from 0.90',
    higherIsBetter: false,
    floor: 0.02,
    ...statisticWithInterval(worlds, (sample) => Math.abs(share(sample.flat()) - 0.9), random),
    scored: worlds.flat().length,
    note: `${share(worlds.flat()).toFixed(4)} of the truths are inside.`,
  }
}

/** Of the profit that the best allowed price would add, how much the recommended one does. */
function profit(worlds: readonly Recovered[][], random: Random): Metric {
  const now = { price: 1000, cost: 550 }
  const guards = { leastMargin: 0.1, mostStep: 0.2 }
  const worth = (price: number, truth: number) => (price / now.price) ** truth * (price - now.cost)
  const gains = worlds.flat().map(({ truth, told }) => {
    const belief = { elasticity: told.value, error: told.error, unitsNow: 100 }
    const { price } = recommendedPrice(belief, { now, guards, objective: 'profit' })
    const open = Array.from({ length: 401 }, (_, at) => worth(800 + at, truth))
    return {
      got: worth(price, truth) - worth(now.price, truth),
      most: Math.max(...open) - worth(now.price, truth),
    }
  })
  return {
    name: 'generator share of the attainable profit that recommended prices add',
    higherIsBetter: true,
    ...statisticWithInterval(
      gains,
      (sample) =>
        sample.reduce((sum, { got }) => sum + got, 0) /
        sample.reduce((sum, { most }) => sum + most, 0),
      random,
    ),
    baselines: { 'the price of now': { value: 0 } },
    scored: gains.length,
  }
}

const experiments = 10_000
const visitors = 600

/** Two arms that are the same, looked at after every tenth visitor, by us and by a plain t-test. */
function falseStops(random: Random): Metric {
  const stops = Array.from({ length: experiments }, () => nullExperiment(random))
  const { value, interval = [0, 0] } = meanWithInterval(
    stops.map(({ ours }) => ours),
    random,
  )
  return {
    name: 'false stops among 10,000 experiments without a difference',
    higherIsBetter: false,
    floor: 0.05,
    value,
    interval,
    baselines: {
      't-test at 5 %, looked at as often': {
        value: stops.reduce((sum, { plain }) => sum + plain, 0) / experiments,
      },
    },
    scored: experiments,
    note: `${visitors} visitors an arm, skewed (log-normal) takings, a look after every tenth.`,
  }
}

function nullExperiment(random: Random) {
  let [a, b] = [emptyArm, emptyArm]
  let [ours, plain] = [0, 0]
  for (let visitor = 1; visitor <= visitors && ours + plain < 2; visitor += 1) {
    a = seen(a, Math.exp(0.5 * random.normal()))
    b = seen(b, Math.exp(0.5 * random.normal()))
    if (visitor % 10 !== 0) continue
    const { stop, difference } = verdict(a, b, { alpha: 0.05, worth: 0.1, least: 50 })
    if (stop) ours = 1
    const error = Math.sqrt((a.squares + b.squares) / (visitor - 1) / visitor)
    if (visitor >= 50 && Math.abs(difference) > 1.96 * error) plain = 1
  }
  return { ours, plain }
}

/** Profit by visitor of the ladder against always the best rung, over shops with demand of their own. */
function ladder(random: Random): Metric {
  const shops = Array.from({ length: 60 }, () => climbed(random))
  return {
    name: 'Thompson ladder, profit as a share of the best rung over 5,000 visitors',
    higherIsBetter: true,
    ...meanWithInterval(
      shops.map(({ ours }) => ours),
      random,
    ),
    baselines: {
      'all rungs alike': { value: shops.reduce((sum, { alike }) => sum + alike, 0) / shops.length },
    },
    scored: shops.length,
  }
}

function climbed(random: Random) {
  const prices = [800, 900, 1000, 1100, 1250]
  const [cost, elasticity, base] = [500, -1.5 - 2.5 * random.next(), 0.03 + 0.05 * random.next()]
  const chance = (price: number) => base * (price / 1000) ** elasticity
  const worths = prices.map((price) => chance(price) * (price - cost))
  const best = Math.max(...worths)
  let rungs: Rung[] = prices.map((price) => ({ price, shown: 0, bought: 0 }))
  let ours = 0
  for (let visitor = 0; visitor < 5000; visitor += 1) {
    const at = nextRung(rungs, cost, random)
    ours += (worths[at] ?? 0) / best
    const bought = random.next() < chance(prices[at] ?? 0) ? 1 : 0
    rungs = rungs.map((rung, i) =>
      i === at ? { ...rung, shown: rung.shown + 1, bought: rung.bought + bought } : rung,
    )
  }
  const alike = worths.reduce((sum, worth) => sum + worth, 0) / worths.length / best
  return { ours: ours / 5000, alike }
}

function quoteTime(): Metric {
  const times = Array.from({ length: 2000 }, (_, at) => {
    const began = performance.now()
    recommendedPrice(
      { elasticity: -1.2 - (at % 20) / 10, error: 0.2, unitsNow: 40 },
      {
        now: { price: 1999 + at, cost: 1100 },
        guards: { leastMargin: 0.2, mostStep: 0.15 },
        objective: 'profit',
      },
    )
    return performance.now() - began
  })
  return {
    name: 'quote, p95 in milliseconds',
    higherIsBetter: false,
    floor: 5,
    value: quantile(times, 0.95),
    scored: times.length,
    note: `p50 ${quantile(times, 0.5).toFixed(3)} ms.`,
  }
}
