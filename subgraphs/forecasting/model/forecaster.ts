import { BadRows } from '@shop/kit/learn/refusals'
import { checkedHistory, checkedHorizon } from './checked.ts'
import { limited, type Weeks } from './demand.ts'
import { type Band, intervalOf } from './intervals.ts'
import type { Lstm } from './lstm.ts'
import { flat, meanOf, medianForecast } from './methods.ts'
import { seasonsOf } from './seasons.ts'
import { networksForecast, weeklyMethods } from './weekly-methods.ts'

/** What training leaves for serving. */
export interface ForecastModel {
  readonly version: string
  /** Names among `weeklyMethods`, and `lstm`, chosen at rolling origins. */
  readonly members: readonly string[]
  readonly networks: readonly Lstm[]
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

/** Weeks of which only the units are known. */
export const weeksOf = (units: readonly number[]): Weeks => ({
  units,
  orders: units,
  usual: limited(units),
})

/**
 * Weekly demand foretold: the median of the model's members, within an interval that held the truth
 * as often as `coverage` says when it was learned. Never below zero, never a number that is none. A
 * past of fewer than eight weeks is answered by its mean, `degraded`. Throws BAD_ROWS on values
 * that are no demand, and on a horizon beyond a year.
 */
export function demandForecast(model: ForecastModel, known: Weeks, horizon: number): Forecast {
  // Ten years: what is older tells nothing that is still so, and would cost time.
  const checked = (values: readonly number[]) => checkedHistory(values).slice(-520)
  const weeks = {
    units: checked(known.units),
    orders: checked(known.orders),
    usual: checked(known.usual),
  }
  const values = weeks.units
  checkedHorizon(horizon)
  if (weeks.orders.length !== values.length || weeks.usual.length !== values.length) {
    throw new BadRows('Units, orders and usual units are not of the same weeks.')
  }
  const enough = values.length >= 8
  const points = enough
    ? ensembleOf(model, weeks, horizon)
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

function ensembleOf({ members, networks }: ForecastModel, weeks: Weeks, horizon: number): number[] {
  const most = 10 * Math.max(...weeks.units)
  const said = members.flatMap((name) => {
    if (name === 'lstm') return [networksForecast(networks, weeks, horizon)]
    const method = weeklyMethods[name]
    return method ? [method(weeks, horizon)] : []
  })
  return medianForecast(said).map((value) =>
    Number.isFinite(value) ? Math.min(most, Math.max(0, value)) : 0,
  )
}

/** The model as text and back, to the bit. */
export const forecasterToJson = ({ networks, ...rest }: ForecastModel): string =>
  JSON.stringify({
    ...rest,
    networks: networks.map(({ network: { gates, head, ...sizes }, ...each }) => ({
      ...each,
      network: { ...sizes, gates: [...gates], head: [...head] },
    })),
  })

export function forecasterFromJson(text: string): ForecastModel {
  const { networks, ...rest } = JSON.parse(text) as ForecastModel
  return {
    ...rest,
    networks: networks.map(({ network, ...each }) => ({
      ...each,
      network: {
        ...network,
        gates: Float64Array.from(network.gates),
        head: Float64Array.from(network.head),
      },
    })),
  }
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
