import { BadRows } from '@shop/kit/learn/refusals'
import { quantileOf } from './methods.ts'

/** Demand of one SKU as it may come: each row a possible future, a number a day. */
export type Paths = readonly (readonly number[])[]

export interface Costs {
  /** Lost by one unit too few: margin and goodwill. Above 0. */
  readonly under: number
  /** Lost by one unit too many, kept until the next delivery. Above 0. */
  readonly over: number
}

export interface Supply {
  /** Days from order to shelf, each as often as it happened. */
  readonly leadDays: readonly number[]
  /** Days until the next order can be made. */
  readonly reviewDays: number
}

export interface Stock {
  readonly onHand: number
  readonly onOrder: number
}

export interface ReorderAdvice {
  /** The chance of not running out that the costs make worth paying for. */
  readonly serviceLevel: number
  /** Ordered is when on hand and on order fall to this. */
  readonly reorderPoint: number
  readonly safetyStock: number
  /** What to order now; 0 while above the reorder point. */
  readonly orderQuantity: number
}

/**
 * The newsvendor's answer (Arrow, Harris and Marschak, 1951) for a shop that reviews every so many
 * days: stock up to the quantile `under / (under + over)` of demand over lead time and review. The
 * quantile is of the paths themselves, so demand need not be normal, and lead times vary with it.
 * Throws BAD_ROWS on no paths, and on costs or lead times that are no positive number.
 */
export function reorderAdvice(
  paths: Paths,
  costs: Costs,
  { supply, stock }: { supply: Supply; stock: Stock },
): ReorderAdvice {
  checked(paths, costs, supply)
  const serviceLevel = costs.under / (costs.under + costs.over)
  const lead = sums(paths, supply.leadDays, 0)
  const reach = sums(paths, supply.leadDays, supply.reviewDays)
  const reorderPoint = Math.ceil(quantileOf(lead, serviceLevel))
  const upTo = Math.ceil(quantileOf(reach, serviceLevel))
  const position = stock.onHand + stock.onOrder
  const mean = lead.reduce((sum, value) => sum + value, 0) / lead.length
  return {
    serviceLevel,
    reorderPoint,
    safetyStock: Math.max(0, Math.round(reorderPoint - mean)),
    orderQuantity: position > reorderPoint ? 0 : Math.max(0, upTo - position),
  }
}

/**
 * What one period's order of a good that does not keep should be, and what it is expected to cost
 * in units lost and left over.
 */
export function newsvendorQuantity(demands: readonly number[], costs: Costs) {
  checked([demands], costs, { leadDays: [1], reviewDays: 0 })
  const quantity = Math.ceil(quantileOf(demands, costs.under / (costs.under + costs.over)))
  const cost = demands.reduce((sum, demand) => {
    const gap = demand - quantity
    return sum + (gap > 0 ? gap * costs.under : -gap * costs.over)
  }, 0)
  return { quantity, expectedCost: cost / demands.length }
}

/**
 * How a delivery that cannot serve all warehouses is shared: each unit goes where the chance of
 * selling it is highest (the marginal form of the newsvendor), so no share is below zero.
 */
export function allocated(
  units: number,
  warehouses: ReadonlyMap<string, readonly number[]>,
): Map<string, number> {
  const given = new Map([...warehouses.keys()].map((name) => [name, 0]))
  const sorted = new Map(
    [...warehouses].map(([name, demands]) => [name, demands.toSorted((a, b) => a - b)]),
  )
  const chance = (name: string) => {
    const demands = sorted.get(name) ?? []
    const have = given.get(name) ?? 0
    return demands.filter((demand) => demand > have).length / Math.max(1, demands.length)
  }
  // In hundredths of the delivery where it is large: a unit more or less in one place is nothing.
  const step = Math.max(1, Math.floor(units / 500))
  for (let left = Math.floor(units); left > 0; left -= step) {
    const names = [...given.keys()]
    if (names.length === 0) break
    const next = names.reduce((best, name) => (chance(name) > chance(best) ? name : best))
    given.set(next, (given.get(next) ?? 0) + Math.min(step, left))
  }
  return given
}

function checked(paths: Paths, { under, over }: Costs, { leadDays, reviewDays }: Supply): void {
  const numbers = [under, over, reviewDays, ...leadDays, ...paths.flat()]
  if (paths.length === 0 || paths.some((path) => path.length === 0))
    throw new BadRows('There is no demand to stock for.')
  if (
    !numbers.every((value) => Number.isFinite(value) && value >= 0) ||
    under * over === 0 ||
    leadDays.length === 0
  ) {
    throw new BadRows('Costs, days and demand are numbers from zero, and costs are above it.')
  }
}

/** Demand over each lead time and so many days more, of each path; beyond its end it goes on as it was. */
function sums(paths: Paths, leadDays: readonly number[], more: number): number[] {
  return paths.flatMap((path) =>
    leadDays.map((lead) => {
      const days = Math.ceil(lead + more)
      let sum = 0
      for (let day = 0; day < days; day += 1) sum += path[day % path.length] ?? 0
      return sum
    }),
  )
}
