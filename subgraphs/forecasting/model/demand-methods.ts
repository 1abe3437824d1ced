import type { Augurs } from './augurs.ts'
import { type Weeks, weekly } from './demand.ts'
import { lstmForecast, type Training, trainLstm } from './lstm.ts'
import { inLogs, type Method, meanOf, medianOf, seasonalMedian, seasonalNaive } from './methods.ts'
import type { Sarima } from './sarima.ts'
import { networksForecast, trainedNetworks, weeklyMethods } from './weekly-methods.ts'

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

/** Weeks of all series foretold by every method; the network learns from all of them. */
export async function weeklySaid(
  series: readonly Weeks[],
  horizon: number,
  { augurs, sarima, seed }: Tools,
): Promise<Said[]> {
  const networks = trainedNetworks(series, { horizon, seed })
  const prophet = augurs.prophet(7)
  const said: Said[] = []
  for (const weeks of series) {
    const methods = Object.entries(weeklyMethods)
    const own: Said = new Map(methods.map(([name, method]) => [name, sold(method(weeks, horizon))]))
    own.set('seasonal naive', seasonalNaive(1)(weeks.units, horizon))
    own.set('auto-ets', sold(augurs.autoEts(weeks.units, horizon)))
    own.set('prophet', sold(prophet(weeks.units, horizon)))
    own.set('lstm', networksForecast(networks, weeks, horizon))
    own.set('sarima', sold((await sarima.forecast(weeks.units, horizon, 1)).ahead))
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
  const network = trainLstm(
    series.map((values) => ({ values })),
    dailyTraining(horizon, seed),
  )
  const mstl = augurs.mstl([7])
  return series.map((values) => {
    const said: Said = new Map()
    said.set('seasonal naive', seasonalNaive(7)(values, horizon))
    said.set('weekday mean of 8 weeks', weekdayMean(values, horizon))
    said.set('weekday median of 8 weeks', seasonalMedian(7, 8)(values, horizon))
    said.set('weekday median of 13 weeks', seasonalMedian(7, 13)(values, horizon))
    said.set('weekdays of the level', weekdaysOfLevel(values, horizon))
    said.set('mstl in logs', sold(inLogs(mstl)(values, horizon)))
    return said.set('lstm', lstmForecast(network, { values }))
  })
}

const dailyTraining = (horizon: number, seed: number): Training => ({
  window: 28,
  horizon,
  seed,
  rounds: 6,
  draws: 3200,
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
