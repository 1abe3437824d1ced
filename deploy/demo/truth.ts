import { categoryId, leafSlugs } from './categories.ts'
import { chanceOf } from './chance.ts'
import { departments, places } from './departments/all.ts'
import type { Season } from './departments/spec.ts'
import { type Bundle, bundles } from './orders/bundles.ts'
import { fraudTruth } from './orders/frauds.ts'
import { customerTruth } from './orders/pool.ts'
import { type Promotion, promotions } from './orders/promotions.ts'
import { dayMs, historyStart, type Options, slugOf } from './shop.ts'

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

export const trendPerYear = 0.22

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

/** The department's, and up to 0.3 to either side of it. */
export function elasticityOf({ seed }: Options, leafIndex: number): number {
  const around = places[leafIndex]?.department.elasticity ?? -1.5
  const aside = chanceOf(seed, 'elasticity', leafIndex).next() * 0.6 - 0.3
  return Math.round((around + aside) * 100) / 100
}

/** How much more is bought in a department on a day than in the mean: trend, week, year, gifts. */
export function demandIndex(options: Options, season: Season, ms: number): number {
  const date = new Date(ms)
  const monday = (date.getUTCDay() + 6) % 7
  const day = Math.floor((ms - Date.UTC(date.getUTCFullYear(), 0, 1)) / dayMs) + 1
  const years = (ms - historyStart(options)) / dayMs / 365.25
  const wave = Math.cos((2 * Math.PI * (day - season.peakDay)) / 365.25)
  const isGiftTime = day >= 329 && day <= 357
  const factor = (season.week[monday] ?? 1) * (isGiftTime ? season.gifts : 1)
  return Math.exp(Math.log1p(trendPerYear) * years + season.amplitude * wave) * factor
}
