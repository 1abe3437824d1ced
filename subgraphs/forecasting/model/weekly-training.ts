import { dailyOf, type SkuDemand, type Weeks, weekly, weeksBefore } from './demand.ts'
import { chosenEnsemble, combined, type Trial } from './ensemble.ts'
import type { ForecastModel } from './forecaster.ts'
import { bandFrom } from './intervals.ts'
import { networksForecast, trainedNetworks, weeklyMethods } from './weekly-methods.ts'

export interface WeeklyTraining {
  /** The first day that is not known. */
  readonly today: number
  readonly horizon: number
  readonly version: string
  readonly seed: number
  /** Windows drawn for each round of a network. */
  readonly draws?: number
}

/** Members and interval of the model that serves, from four origins that are all in the past. */
export function trainedForecaster(
  skus: readonly SkuDemand[],
  { today, horizon, version, seed, draws = 4000 }: WeeklyTraining,
): ForecastModel {
  const span = horizon * 7
  const networksBy = (weeks: readonly Weeks[]) => trainedNetworks(weeks, { horizon, seed, draws })
  const trials = [4, 3, 2, 1].flatMap((back) => {
    const day = today - back * span
    const known = skus.map(({ lines }) => weeksBefore(lines, day))
    const networks = networksBy(known)
    return skus.map(({ lines }, at): Trial => {
      const weeks = known[at] as Weeks
      const said = new Map(
        Object.entries(weeklyMethods).map(([name, method]) => [name, method(weeks, horizon)]),
      )
      said.set('lstm', networksForecast(networks, weeks, horizon))
      return { said, truths: weekly(dailyOf(lines, day + span).slice(day)) }
    })
  })
  const { members } = chosenEnsemble(trials)
  const pairs = trials.flatMap(({ said, truths }) => {
    const ahead = combined(said, members)
    return truths.map((truth, step) => ({
      said: Math.log1p(ahead[step] ?? 0),
      truth: Math.log1p(truth),
      scale: 1,
    }))
  })
  const networks = members.includes('lstm')
    ? networksBy(skus.map(({ lines }) => weeksBefore(lines, today)))
    : []
  return { version, members, networks, band: bandFrom(pairs, 0.9) }
}
