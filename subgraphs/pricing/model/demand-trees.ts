import { predictionsOf, type TreeModel, trainedTrees } from '@shop/kit/learn/boosting'
import { matrixOf } from '@shop/kit/learn/matrix'
import { squared } from '@shop/kit/learn/objectives'
import { BadRows } from '@shop/kit/learn/refusals'
import {
  type Elasticities,
  type Elasticity,
  expectedLogUnits,
  fittedElasticities,
} from './elasticity.ts'
import { type Sale, sound } from './sales.ts'

/** Demand by elasticities, and trees for what they leave over. Plain data. */
export interface DemandModel {
  readonly elasticities: Elasticities
  readonly trees: TreeModel
  /** Names in the order that the trees know them by. */
  readonly products: readonly string[]
  /** By `place product`: what was sold of late above what all of it would say. */
  readonly levels: Readonly<Record<string, number>>
}

export interface DemandTraining {
  readonly rounds?: number
  readonly seed?: number
}

/**
 * Trees (Chen and Guestrin, 2016) on what the log-log model leaves over, bound to fall with the own
 * price, as that model falls: so the sum does, and a dearer price is never told to sell more. How
 * many trees is decided on the last tenth of the periods, by a model that did not see them. Throws
 * BAD_ROWS where there is too little to learn from.
 */
export function trainedDemand(
  sales: readonly Sale[],
  { rounds = 150, seed = 1 }: DemandTraining = {},
): DemandModel {
  const good = sales.filter(sound)
  const periods = good.map(({ period }) => period).sort((a, b) => a - b)
  const cut = periods[Math.floor(0.9 * periods.length)] ?? 0
  const early = good.filter(({ period }) => period < cut)
  const late = good.filter(({ period }) => period >= cut)
  if (early.length < 100 || late.length < 10)
    throw new BadRows('There are too few sales to learn from.')
  const tried = leftOver(early, early)
  const settings = {
    rate: 0.06,
    leaves: 24,
    minLeafRows: 60,
    l2: 20,
    rowShare: 0.7,
    columnShare: 0.7,
    bins: 64,
    seed,
  }
  const chosen = trainedTrees(
    squared,
    { ...tried.examples, validation: leftOver(early, late, tried.elasticities).examples },
    { ...settings, rounds, patience: 20, monotone: falling(tried.width) },
  )
  const whole = leftOver(good, good)
  const trees = trainedTrees(squared, whole.examples, {
    ...settings,
    rounds: Math.max(1, chosen.trees.length),
    monotone: falling(whole.width),
  })
  const model = {
    elasticities: whole.elasticities,
    trees,
    products: productsOf(whole.elasticities),
    levels: {},
  }
  return { ...model, levels: recentLevels(good, demandOf(model, good)) }
}

/** The logarithm of units that each row is expected to sell; products never seen are left to NaN. */
export function demandOf(model: DemandModel, sales: readonly Sale[]): Float64Array {
  const byName = new Map(model.elasticities.products.map((each) => [each.product, each]))
  const able = sales.filter(({ product }) => byName.has(product))
  if (able.length === 0) return new Float64Array(sales.length).fill(Number.NaN)
  const rows = able.map((sale) =>
    featuresOf(sale, byName.get(sale.product) as Elasticity, model.products),
  )
  const more = predictionsOf(model.trees, matrixOf(rows))
  let at = 0
  return Float64Array.from(sales, (sale) => {
    const own = byName.get(sale.product)
    if (!own) return Number.NaN
    const told = expectedLogUnits(own, sale) + (more[at] ?? 0) + (model.levels[shelfOf(sale)] ?? 0)
    at += 1
    return told
  })
}

const shelfOf = ({ place, product }: Sale) => `${place} ${product}`

// A quarter of a year was best at each of four earlier origins of the orange-juice weeks.
const halfLife = 13
const prior = 5

/** Errors of late weigh more (Brown, 1956), and few of them are drawn to none. */
function recentLevels(sales: readonly Sale[], told: Float64Array): Record<string, number> {
  const last = sales.reduce((most, { period }) => Math.max(most, period), Number.NEGATIVE_INFINITY)
  const sums = new Map<string, { error: number; weight: number }>()
  sales.forEach((sale, at) => {
    const weight = 0.5 ** ((last - sale.period) / halfLife)
    const sum = sums.get(shelfOf(sale)) ?? { error: 0, weight: prior }
    sum.error += weight * (sale.logUnits - (told[at] as number))
    sum.weight += weight
    sums.set(shelfOf(sale), sum)
  })
  return Object.fromEntries([...sums].map(([shelf, { error, weight }]) => [shelf, error / weight]))
}

const productsOf = ({ products }: Elasticities) => products.map(({ product }) => product)

/** Own price first, then the same against the others': both may only lower what is sold. */
const falling = (width: number) =>
  Array.from({ length: width }, (_, at) => (at < 2 ? -1 : at === 4 || at === 5 ? 1 : 0))

function leftOver(learned: readonly Sale[], rows: readonly Sale[], known?: Elasticities) {
  const elasticities = known ?? fittedElasticities(learned)
  const names = productsOf(elasticities)
  const byName = new Map(elasticities.products.map((each) => [each.product, each]))
  const told = rows.filter(({ product }) => byName.has(product))
  const features = matrixOf(
    told.map((sale) => featuresOf(sale, byName.get(sale.product) as Elasticity, names)),
  )
  const targets = told.map(
    (sale) => sale.logUnits - expectedLogUnits(byName.get(sale.product) as Elasticity, sale),
  )
  return { elasticities, examples: { features, targets }, width: features.columns }
}

function featuresOf(sale: Sale, { places }: Elasticity, names: readonly string[]): number[] {
  const { logPrices, own, offers } = sale
  const price = logPrices[own] ?? Number.NaN
  const others = logPrices.filter((_, at) => at !== own)
  const mean = others.reduce((sum, value) => sum + value, 0) / Math.max(1, others.length)
  return [
    price,
    price - (others.length > 0 ? mean : 0),
    names.indexOf(sale.product),
    places[sale.place] ?? Number.NaN,
    Math.min(...others),
    (sale.past?.before ?? Number.NaN) - price,
    (sale.past?.regular ?? Number.NaN) - price,
    sale.past?.before ?? Number.NaN,
    ...offers,
    // The own price is told once, where it may only lower: here it is not known.
    ...logPrices.map((value, at) => (at === own ? Number.NaN : value)),
  ]
}
