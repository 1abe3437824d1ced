import { categoryId, leafSlugs } from './categories.ts'
import { elasticityOf, trendPerYear } from './demand.ts'
import { departments, places } from './departments/all.ts'
import type { Season } from './departments/spec.ts'
import { type Bundle, bundles } from './orders/bundles.ts'
import { fraudTruth } from './orders/frauds.ts'
import { customerTruth } from './orders/pool.ts'
import { type Promotion, promotions } from './orders/promotions.ts'
import { type Options, slugOf } from './shop.ts'

/**
 * What was planted. Lines of a variant on a day, without those of bundles, are Poisson of a mean
 * that is proportional to `demandIndex` × (price / list price) ^ elasticity × the promotion's
 * uplift. Stock never held a sale back.
 */
export interface Truth {
  readonly trendPerYear: number
  /** By the id of the category at level 1. */
  readonly seasons: Readonly<Record<string, Season>>
  /** By the id of the leaf. */
  readonly elasticity: Readonly<Record<string, number>>
  /** By the id of the category at level 1: the share of delivered lines that come back. */
  readonly returnRate: Readonly<Record<string, number>>
  readonly promotions: readonly Promotion[]
  readonly bundles: readonly Bundle[]
  readonly frauds: typeof fraudTruth
  readonly customers: typeof customerTruth
}

export function truth(options: Options): Truth {
  const byDepartment = <T>(of: (department: (typeof departments)[number]) => T) =>
    Object.fromEntries(
      departments.map((each) => [categoryId(options, slugOf(each.name)), of(each)]),
    ) as Record<string, T>
  const elasticity = places.map(({ leafIndex }) => [
    categoryId(options, leafSlugs[leafIndex] as string),
    elasticityOf(options, leafIndex),
  ])
  return {
    trendPerYear,
    seasons: byDepartment(({ season }) => season),
    elasticity: Object.fromEntries(elasticity),
    returnRate: byDepartment(({ returnRate }) => returnRate),
    promotions: promotions(options),
    bundles: bundles(options),
    frauds: fraudTruth,
    customers: customerTruth,
  }
}
