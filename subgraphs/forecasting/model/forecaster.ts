import { checkedHistory, checkedHorizon } from './checked.ts'
import { limited } from './demand.ts'
import { croston, tsb } from './intermittent.ts'
import { type Band, intervalOf } from './intervals.ts'
import {
  flat,
  inLogs,
  type Method,
  meanOf,
  medianForecast,
  seasonalMedian,
  simple,
} from './methods.ts'
import { seasonsOf } from './seasons.ts'
import { theta } from './theta.ts'

/** What training leaves for serving: plain JSON. */
export interface ForecastModel {
  readonly version: string
  /** Names among `servingMethods`, chosen at rolling origins. */
  readonly members: readonly string[]
  /** Of log1p of a week's units. */
  readonly band: Band
}

export interface Forecast {
  readonly points: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly coverage: number
  /** Less than the model was asked for stands behind it; `reasons` say why. */
  readonly degraded: boolean
  readonly reasons: readonly string[]
  readonly model: { readonly name: string; readonly version: string }
}

/** The methods of weekly demand that need nothing but the series: a millisecond together. */
export const servingMethods: Readonly<Record<string, Method>> = {
  'mean of 8 weeks': (values, horizon) => flat(meanOf(values.slice(-8)), horizon),
  'median of 8 weeks': seasonalMedian(1, 8),
  'simple, limited': (values, horizon) => simple(limited(values), horizon),
  'simple in logs': inLogs(simple),
  'theta in logs': inLogs(theta),
  'tsb, limited': (values, horizon) =>
    flat(tsb(limited(values), { alpha: 0.2, beta: 0.2 }), horizon),
  'croston, corrected': (values, horizon) => flat(croston(values), horizon),
}

/**
 * Weekly demand foretold: the median of the model's members, within an interval that held the truth
 * as often as `coverage` says when it was learned. Never below zero, never a number that is none. A
 * past of fewer than eight weeks is answered by its mean, `degraded`. Throws BAD_ROWS on values
 * that are no demand, and on a horizon beyond a year.
 */
export function demandForecast(
  model: ForecastModel,
  history: readonly number[],
  horizon: number,
): Forecast {
  const values = checkedHistory(history)
  checkedHorizon(horizon)
  const enough = values.length >= 8
  const points = enough
    ? ensembleOf(model.members, values, horizon)
    : flat(values.length === 0 ? 0 : meanOf(values), horizon)
  const ends = points.map((point) =>
    intervalOf(model.band, { said: Math.log1p(point), scale: 1 }, 0),
  )
  return {
    points,
    low: ends.map(([low]) => Math.expm1(low)),
    high: ends.map(([, high]) => Math.expm1(high)),
    coverage: model.band.coverage,
    degraded: !enough,
    reasons: enough
      ? model.members
      : [`Only ${values.length} weeks are known, and eight are needed.`],
    model: { name: 'weekly-demand', version: model.version },
  }
}

function ensembleOf(members: readonly string[], values: readonly number[], horizon: number) {
  const most = 10 * Math.max(...values)
  const said = members.map((name) => (servingMethods[name] ?? simple)(values, horizon))
  return medianForecast(said).map((value) =>
    Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : 0,
  )
}

export interface Seasonality {
  readonly kind: 'none' | 'added' | 'multiplied'
  /** What each place of the season is against the usual; empty where there is no season. */
  readonly factors: readonly number[]
}

/** Whether the values have a season of this length, and which. Throws BAD_ROWS as above. */
export function seasonality(history: readonly number[], period: number): Seasonality {
  const { kind, factors } = seasonsOf(checkedHistory(history), checkedHorizon(period))
  return { kind, factors: kind === 'none' ? [] : factors }
}
