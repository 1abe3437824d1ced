import { type DataSets, jsonLines } from '@shop/kit/learn/data'
import type { Augurs } from './augurs.ts'
import {
  aggregated,
  damped,
  inLogs,
  type Method,
  meanForecast,
  medianForecast,
  naive,
} from './methods.ts'
import { deseasoned, reseasoned, seasonsOf } from './seasons.ts'
import { holtSmoothing, simpleSmoothing } from './smoothing.ts'
import { dynamicTheta, theta } from './theta.ts'

/** A series of M3 (Makridakis and Hibon, 2000) and what came after it, where that is known. */
export interface Contest {
  readonly sn: string
  readonly period: 'MONTHLY' | 'QUARTERLY' | 'YEARLY' | 'OTHER'
  readonly frequency: number
  readonly h: number
  readonly x: readonly number[]
  readonly future: readonly number[]
}

export function contests(data: DataSets): Contest[] {
  const futures = new Map(
    jsonLines<{ sn: string; xx: number[] }>(data.scored('m3-forecast/futures')).map((row) => [
      row.sn,
      row.xx,
    ]),
  )
  return jsonLines<Omit<Contest, 'future'>>(data.file('m3-forecast/series'))
    .map((series) => ({ ...series, future: futures.get(series.sn) ?? [] }))
    .filter(({ future }) => future.length > 0)
}

/** What is combined; the season is taken off before and put back after. */
export const contestMembers = ({ autoEts }: Augurs): Readonly<Record<string, Method>> => ({
  'theta in logs': inLogs(theta),
  theta,
  'dynamic theta in logs': inLogs(dynamicTheta),
  'dynamic theta': dynamicTheta,
  'damped in logs': inLogs(damped),
  autoEts,
  'aggregated in logs': inLogs(aggregated(3)),
})

/** The entrants of 2000 that can be told from their description: what is to be beaten. */
export const contestBaselines: Readonly<Record<string, Method>> = {
  naive2: naive,
  'single smoothing': (values, horizon) => simpleSmoothing(values, horizon).ahead,
  damped,
  'comb s-h-d': (values, horizon) => {
    const parts = [simpleSmoothing, holtSmoothing].map((each) => each(values, horizon).ahead)
    const trend = damped(values, horizon)
    return trend.map((value, at) => (value + (parts[0]?.[at] ?? 0) + (parts[1]?.[at] ?? 0)) / 3)
  },
}

/** Forecasts of every method and of both combinations, never below zero: no series of M3 is. */
export function contestForecasts(
  { x, frequency }: Pick<Contest, 'x' | 'frequency'>,
  horizon: number,
  {
    members,
    others,
  }: { members: Readonly<Record<string, Method>>; others: Readonly<Record<string, Method>> },
): Map<string, number[]> {
  const seasons = seasonsOf(x, frequency)
  const values = deseasoned(x, seasons)
  const told = (method: Method) =>
    reseasoned(method(values, horizon), seasons, x.length).map((value) => Math.max(0, value))
  const said = new Map(Object.entries(members).map(([name, method]) => [name, told(method)]))
  const together = [...said.values()]
  for (const [name, method] of Object.entries(others)) said.set(name, told(method))
  return said
    .set('median of all', medianForecast(together))
    .set('mean of all', meanForecast(together))
}

export const combinations = ['median of all', 'mean of all'] as const
