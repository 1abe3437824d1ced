import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import type { DataSets } from '@shop/kit/learn/data'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { demandOf, trainedDemand } from './demand-trees.ts'
import { type Elasticities, expectedLogUnits, fittedElasticities } from './elasticity.ts'
import { frequentProducts, journeySales, juiceSales, type Sale, withPast } from './sales.ts'

const juice = 'orange-juice/sales'
const journey = 'complete-journey/transactions'
/** The eight brands sold by the same 64 ounces; the other three are packs of 96 and 128. */
const sameSize = new Set(['1', '3', '4', '5', '7', '8', '9', '10'])

interface Told {
  sale: Sale
  said: number
}

/** Out-of-time demand and elasticities of real shops. */
export function judgeDemand({ data, seed }: Judging): Metric[] {
  const random = randomFrom(seed)
  const { learned, scored } = juiceSplit(data)
  const model = trainedDemand(learned, { seed })
  const said = demandOf(model, scored)
  const told = scored.map((sale, at) => ({ sale, said: said[at] ?? Number.NaN }))
  const line = linear(model.elasticities, scored)
  // A week is what was sampled: rain on all stores at once.
  const weeks = [...Map.groupBy(told, ({ sale }) => sale.period).values()]
  return [
    {
      name: 'orange-juice out-of-time log-sales RMSE',
      higherIsBetter: false,
      floor: 0.576,
      ...statisticWithInterval(weeks, (sample) => errorOf(sample.flat()), random),
      baselines: {
        'log-log regression alone': { value: errorOf(line) },
        'mean of the store and brand': { value: errorOf(means(learned, scored)) },
      },
      scored: scored.length,
      note: `The interval is over ${weeks.length} weeks.`,
    },
    ...brandMetrics(model.elasticities),
    journeyMetric(data, random),
  ]
}

function juiceSplit(data: DataSets) {
  const validation = data.file(`${juice}_validation`)
  const held = data.scored(juice) !== validation
  const before = [data.train(juice), ...(held ? [validation] : [])].flatMap(juiceSales)
  const all = withPast([...before, ...juiceSales(data.scored(juice))])
  return { learned: all.slice(0, before.length), scored: all.slice(before.length) }
}

function brandMetrics({ products }: Elasticities): Metric[] {
  const within = (all: typeof products) =>
    all.filter(({ value }) => value >= -4 && value <= -2).length / all.length
  const same = products.filter(({ product }) => sameSize.has(product))
  const listed = products
    .map(({ product, value, interval: [low, high], alone }) => {
      return `${product}: ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}; alone ${alone.toFixed(2)})`
    })
    .join(', ')
  return [
    {
      name: 'orange-juice share of all eleven brands with elasticity from −4.0 to −2.0',
      higherIsBetter: true,
      value: within(products),
      scored: products.length,
      note: `90 % intervals: ${listed}.`,
    },
    {
      name: 'orange-juice share of 64-ounce brands with elasticity from −4.0 to −2.0',
      higherIsBetter: true,
      floor: 1,
      value: within(same),
      scored: same.length,
      note: 'The packs of 96 and 128 ounces (2, 6 and 11) are left out: large packs react less.',
    },
  ]
}

function journeyMetric(data: DataSets, random: Random): Metric {
  const validation = data.file(`${journey}_validation`)
  const held = data.scored(journey) !== validation
  const before = [data.train(journey), ...(held ? [validation] : [])]
  const products = frequentProducts(data.train(journey), 60)
  const learned = journeySales(before, products)
  const scored = journeySales([data.scored(journey)], products)
  const elasticities = fittedElasticities(learned)
  const { mean, spread } = elasticities.category
  const told = linear(elasticities, scored)
  const byProduct = [...Map.groupBy(told, ({ sale }) => sale.product).values()]
  return {
    name: 'complete-journey out-of-time log-units RMSE, elasticities of 60 products',
    higherIsBetter: false,
    ...statisticWithInterval(byProduct, (sample) => errorOf(sample.flat()), random),
    baselines: { 'mean of the product': { value: errorOf(means(learned, scored)) } },
    scored: scored.length,
    note: `Elasticities are around ${mean.toFixed(2)} with a spread of ${spread.toFixed(2)}. Weeks without a sale are not in the sample, which draws them to zero.`,
  }
}

function linear({ products }: Elasticities, scored: readonly Sale[]): Told[] {
  const byName = new Map(products.map((each) => [each.product, each]))
  return scored.flatMap((sale) => {
    const own = byName.get(sale.product)
    return own && !own.degraded ? [{ sale, said: expectedLogUnits(own, sale) }] : []
  })
}

function means(learned: readonly Sale[], scored: readonly Sale[]): Told[] {
  const shelf = ({ place, product }: Sale) => `${place} ${product}`
  const mean = (own: readonly Sale[]) =>
    own.reduce((sum, { logUnits }) => sum + logUnits, 0) / own.length
  const known = new Map([...Map.groupBy(learned, shelf)].map(([key, own]) => [key, mean(own)]))
  const all = mean(learned)
  return scored.map((sale) => ({ sale, said: known.get(shelf(sale)) ?? all }))
}

const errorOf = (told: readonly Told[]) =>
  Math.sqrt(
    told.reduce((sum, { sale, said }) => sum + (sale.logUnits - said) ** 2, 0) / told.length,
  )
