import { chanceOf } from './chance.ts'
import { places } from './departments/all.ts'
import type { Season } from './departments/spec.ts'
import { dayMs, historyStart, type Options } from './shop.ts'

export const trendPerYear = 0.22

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
