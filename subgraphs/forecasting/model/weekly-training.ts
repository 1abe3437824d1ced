import { dailyOf, type SkuDemand, weekly, weeksBefore } from './demand.ts'
import { chosenEnsemble, combined, type Trial } from './ensemble.ts'
import { type ForecastModel, servingMethods } from './forecaster.ts'
import { bandFrom } from './intervals.ts'

export interface WeeklyTraining {
  /** The first day that is not known. */
  readonly today: number
  readonly horizon: number
  readonly version: string
}

/** Members and interval of the model that serves, from four origins that are all in the past. */
export function trainedForecaster(
  skus: readonly SkuDemand[],
  { today, horizon, version }: WeeklyTraining,
): ForecastModel {
  const span = horizon * 7
  const trials = [4, 3, 2, 1].flatMap((back) =>
    skus.map(({ lines }): Trial => {
      const day = today - back * span
      const { units } = weeksBefore(lines, day)
      const said = Object.entries(servingMethods).map(
        ([name, method]) => [name, method(units, horizon)] as const,
      )
      return { said: new Map(said), truths: weekly(dailyOf(lines, day + span).slice(day)) }
    }),
  )
  const { members } = chosenEnsemble(trials)
  const pairs = trials.flatMap(({ said, truths }) => {
    const ahead = combined(said, members)
    return truths.map((truth, step) => ({
      said: Math.log1p(ahead[step] ?? 0),
      truth: Math.log1p(truth),
      scale: 1,
    }))
  })
  return { version, members, band: bandFrom(pairs, 0.9) }
}
