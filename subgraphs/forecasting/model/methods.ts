import { deseasoned, reseasoned, seasonsOf } from './seasons.ts'
import { dampedSmoothing, simpleSmoothing } from './smoothing.ts'
import { dynamicTheta, theta } from './theta.ts'

/** Foretells the values after these, one a step. At least two finite values are needed. */
export type Method = (values: readonly number[], horizon: number) => number[]

/** The last value, for ever. */
export const naive: Method = (values, horizon) => flat(values.at(-1) ?? 0, horizon)

/** The median of so many values at the same place of the season, at most. */
export const seasonalMedian =
  (period: number, seasons: number): Method =>
  (values, horizon) =>
    Array.from({ length: horizon }, (_, step) => {
      const first = values.length - period + (step % period)
      const past = Array.from({ length: seasons }, (_, back) => values[first - back * period])
      return medianOf(past.filter((value) => value !== undefined))
    })

/** The same place of the season before, and where there was none the last value. */
export const seasonalNaive =
  (period: number): Method =>
  (values, horizon) =>
    values.length < period ? naive(values, horizon) : seasonalMedian(period, 1)(values, horizon)

/** The method on the logarithms of what is above zero everywhere, else on log1p of sales. */
export const inLogs =
  (method: Method): Method =>
  (values, horizon) => {
    if (values.some((value) => value < 0)) return method(values, horizon)
    const plain = values.every((value) => value > 0)
    const logs = values.map(plain ? Math.log : Math.log1p)
    // Two powers of ten above the highest value are beyond any trend that could be believed.
    const most = Math.max(...logs) + 4.6
    return method(logs, horizon).map((value) => {
      const held = Math.min(value, most)
      return plain ? Math.exp(held) : Math.max(0, Math.expm1(held))
    })
  }

/**
 * Smooths the means of so many values each, where the noise is less and the trend is clearer: one
 * level of the aggregation of Kourentzes, Petropoulos and Trapero (2014).
 */
export const aggregated =
  (size: number): Method =>
  (values, horizon) => {
    const count = Math.floor(values.length / size)
    if (count < 8) return theta(values, horizon)
    const first = values.length - count * size
    const means = Array.from({ length: count }, (_, i) =>
      meanOf(values.slice(first + i * size, first + (i + 1) * size)),
    )
    const steps = Math.ceil(horizon / size)
    const [damped, dynamic] = [dampedSmoothing(means, steps).ahead, dynamicTheta(means, steps)]
    return Array.from({ length: horizon }, (_, step) => {
      const at = Math.floor(step / size)
      return ((damped[at] ?? 0) + (dynamic[at] ?? 0)) / 2
    })
  }

/** The method on values without their season, and the season put back. */
export const seasonal =
  (method: Method, period: number): Method =>
  (values, horizon) => {
    const seasons = seasonsOf(values, period)
    return reseasoned(method(deseasoned(values, seasons), horizon), seasons, values.length)
  }

export const simple: Method = (values, horizon) => simpleSmoothing(values, horizon).ahead
export const damped: Method = (values, horizon) => dampedSmoothing(values, horizon).ahead

/** The same value at each step. */
export const flat = (value: number, horizon: number): number[] =>
  Array.from({ length: horizon }, () => value)

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5)

/** By linear interpolation (type 7 of Hyndman and Fan, 1996). NaN of nothing. */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  return low + (place - below) * ((sorted[below + 1] ?? low) - low)
}

/** Step by step the median of what the methods say. */
export const medianForecast = (forecasts: readonly (readonly number[])[]): number[] =>
  (forecasts[0] ?? []).map((_, step) => medianOf(forecasts.map((each) => each[step] as number)))

/** Step by step their mean. */
export const meanForecast = (forecasts: readonly (readonly number[])[]): number[] =>
  (forecasts[0] ?? []).map((_, step) => meanOf(forecasts.map((each) => each[step] as number)))
