import { limited, type Weeks } from './demand.ts'
import { croston, tsb } from './intermittent.ts'
import { type Channels, type Lstm, lstmForecast, type Training, trainLstm } from './lstm.ts'
import {
  flat,
  inLogs,
  type Method,
  meanOf,
  medianForecast,
  medianOf,
  seasonalMedian,
  simple,
} from './methods.ts'
import { dynamicTheta, theta } from './theta.ts'

/** Foretells weeks of one SKU from what is known of its weeks. */
export type WeeklyMethod = (weeks: Weeks, horizon: number) => number[]

const ofUnits =
  (method: Method): WeeklyMethod =>
  ({ units }, horizon) =>
    method(units, horizon)

/** What needs nothing but the SKU itself: a few milliseconds together. */
export const weeklyMethods: Readonly<Record<string, WeeklyMethod>> = {
  'mean of 8 weeks': ofUnits((values, horizon) => flat(meanOf(values.slice(-8)), horizon)),
  'median of 8 weeks': ofUnits(seasonalMedian(1, 8)),
  'simple, limited': ofUnits((values, horizon) => simple(limited(values), horizon)),
  'simple in logs': ofUnits(inLogs(simple)),
  'theta in logs': ofUnits(inLogs(theta)),
  'dynamic theta in logs': ofUnits(inLogs(dynamicTheta)),
  'croston, corrected': ofUnits((values, horizon) => flat(croston(values), horizon)),
  'tsb, limited': ofUnits((values, horizon) =>
    flat(tsb(limited(values), { alpha: 0.2, beta: 0.2 }), horizon),
  ),
  'orders by usual size': ({ units, orders }, horizon) => {
    const sizes = units.map((sum, week) => sum / (orders[week] ?? 0)).slice(-13)
    const size = medianOf(sizes.filter(Number.isFinite))
    return simple(orders, horizon).map((each) => each * (Number.isNaN(size) ? 0 : size))
  },
  'usual lines, simple': ({ usual }, horizon) => simple(usual, horizon),
}

/** Two networks, which differ in their first weights alone: one is a matter of luck. */
export function trainedNetworks(
  series: readonly Weeks[],
  training: Pick<Training, 'horizon' | 'seed' | 'draws'>,
): Lstm[] {
  const channels = series.map(channelsOf)
  return [0, 1].map((more) =>
    trainLstm(channels, { window: 12, draws: 4000, ...training, seed: training.seed + more }),
  )
}

/** The middle of the networks; beyond their horizon the last they say. */
export function networksForecast(
  networks: readonly Lstm[],
  weeks: Weeks,
  horizon: number,
): number[] {
  const said = medianForecast(networks.map((network) => lstmForecast(network, channelsOf(weeks))))
  return Array.from({ length: horizon }, (_, step) => said[Math.min(step, said.length - 1)] ?? 0)
}

const channelsOf = ({ units, usual, orders }: Weeks): Channels => ({
  values: units,
  beside: [usual, orders],
})
