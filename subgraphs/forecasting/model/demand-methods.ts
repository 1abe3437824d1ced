import type { Augurs } from './augurs.ts'
import { limited, type Weeks, weekly } from './demand.ts'
import { croston, tsb } from './intermittent.ts'
import { lstmForecast, type Training, trainLstm } from './lstm.ts'
import {
  flat,
  inLogs,
  type Method,
  meanOf,
  medianForecast,
  medianOf,
  seasonalMedian,
  seasonalNaive,
  simple,
} from './methods.ts'
import type { Sarima } from './sarima.ts'
import { dynamicTheta, theta } from './theta.ts'

export interface Tools {
  readonly augurs: Augurs
  readonly sarima: Sarima
  readonly seed: number
}

/** Of one series: what each method says of the steps ahead, by its name. */
export type Said = Map<string, number[]>

/** Simple methods that a shop has without us: they stand beside, and may be chosen too. */
export const weeklyBaselines = ['seasonal naive', 'mean of 8 weeks']
export const dailyBaselines = ['seasonal naive', 'weekday mean of 8 weeks']

const mean8: Method = (values, horizon) => flat(meanOf(values.slice(-8)), horizon)

const weeklyMethods = ({ augurs }: Tools): Readonly<Record<string, Method>> => ({
  'seasonal naive': seasonalNaive(1),
  'mean of 8 weeks': mean8,
  'median of 8 weeks': seasonalMedian(1, 8),
  'simple, limited': (values, horizon) => simple(limited(values), horizon),
  'simple in logs': inLogs(simple),
  'theta in logs': inLogs(theta),
  'dynamic theta in logs': inLogs(dynamicTheta),
  'auto-ets': augurs.autoEts,
  'croston, corrected': (values, horizon) => flat(croston(values), horizon),
  'tsb, limited': (values, horizon) =>
    flat(tsb(limited(values), { alpha: 0.2, beta: 0.2 }), horizon),
  prophet: augurs.prophet(7),
})

/** What asks for more than the units of a week. */
const orderMethods: Readonly<Record<string, (weeks: Weeks, horizon: number) => number[]>> = {
  'orders by usual size': ({ units, orders }, horizon) => {
    const sizes = units.map((sum, week) => sum / (orders[week] ?? 0)).slice(-13)
    const size = medianOf(sizes.filter(Number.isFinite))
    return simple(orders, horizon).map((each) => each * (Number.isNaN(size) ? 0 : size))
  },
  'usual lines, simple': ({ usual }, horizon) => simple(usual, horizon),
}

/** Weeks of all series foretold by every method; the network learns from all of them. */
export async function weeklySaid(
  series: readonly Weeks[],
  horizon: number,
  tools: Tools,
): Promise<Said[]> {
  const units = series.map((weeks) => weeks.units)
  const networks = [0, 1].map((more) =>
    trainLstm(units, weeklyTraining(horizon, tools.seed + more)),
  )
  const methods = Object.entries(weeklyMethods(tools))
  const said: Said[] = []
  for (const weeks of series) {
    const own: Said = new Map(
      methods.map(([name, method]) => [name, sold(method(weeks.units, horizon))]),
    )
    for (const [name, method] of Object.entries(orderMethods)) {
      own.set(name, sold(method(weeks, horizon)))
    }
    own.set('lstm', medianForecast(networks.map((network) => lstmForecast(network, weeks.units))))
    own.set('sarima', sold((await tools.sarima.forecast(weeks.units, horizon, 1)).ahead))
    said.push(own)
  }
  return said
}

/**
 * Days foretold. What is small and often zero has its median well below its mean, so a day is
 * foretold as a day, and not as a seventh of its week.
 */
export function dailySaid(
  series: readonly (readonly number[])[],
  horizon: number,
  { augurs, seed }: Tools,
): Said[] {
  const network = trainLstm(series, dailyTraining(horizon, seed))
  const mstl = augurs.mstl([7])
  return series.map((values) => {
    const said: Said = new Map()
    said.set('seasonal naive', seasonalNaive(7)(values, horizon))
    said.set('weekday mean of 8 weeks', weekdayMean(values, horizon))
    said.set('weekday median of 8 weeks', seasonalMedian(7, 8)(values, horizon))
    said.set('weekday median of 13 weeks', seasonalMedian(7, 13)(values, horizon))
    said.set('weekdays of the level', weekdaysOfLevel(values, horizon))
    said.set('mstl in logs', sold(inLogs(mstl)(values, horizon)))
    return said.set('lstm', lstmForecast(network, values))
  })
}

export const weeklyTraining = (horizon: number, seed: number): Training => ({
  window: 12,
  horizon,
  seed,
  draws: 3000,
})

export const dailyTraining = (horizon: number, seed: number): Training => ({
  window: 28,
  horizon,
  seed,
  rounds: 6,
  draws: 2400,
})

const weekdayMean: Method = (values, horizon) =>
  Array.from({ length: horizon }, (_, step) => {
    const first = values.length - 7 + (step % 7)
    const past = Array.from({ length: 8 }, (_, back) => values[first - back * 7])
    return meanOf(past.filter((value) => value !== undefined))
  })

/** The median week of the last eight, given to weekdays by their medians of 13 weeks. */
const weekdaysOfLevel: Method = (values, horizon) => {
  const weeks = weekly(values)
  const level = medianOf(weeks.slice(-8)) / (medianOf(weeks.slice(-13)) || 1)
  const growth = Number.isFinite(level) ? Math.min(2, Math.max(0.5, level)) : 1
  return seasonalMedian(7, 13)(values, horizon).map((value) => value * growth)
}

const sold = (values: readonly number[]) => values.map((value) => Math.max(0, value))
