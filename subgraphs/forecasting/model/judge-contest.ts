import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { covered } from '@shop/kit/learn/conformal'
import { smape } from '@shop/kit/learn/error-metrics'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { openAugurs } from './augurs.ts'
import {
  type Contest,
  contestBaselines,
  contestForecasts,
  contestMembers,
  contests,
} from './competition.ts'
import { type Band, bandFrom, intervalOf, type Seen } from './intervals.ts'

interface Scored {
  contest: Contest
  said: Map<string, number[]>
  inside: readonly [number, number][]
}

/** M3: sMAPE of the ensemble over all steps, and how often its 90 % intervals hold the truth. */
export async function judgeContest({ data, seed }: Judging): Promise<Metric[]> {
  const members = contestMembers(await openAugurs())
  const all = contests(data)
  const bands = bandsFrom(all, members)
  const scored = all.map((contest): Scored => {
    const said = contestForecasts(contest, contest.h, { members, others: contestBaselines })
    const inside = (said.get('ensemble') ?? []).map((value, step) => {
      const band = bands.get(keyOf(contest, step))
      return band
        ? intervalOf(band, { said: value, scale: scaleOf(contest.x, contest) }, 0)
        : [0, 0]
    }) as [number, number][]
    return { contest, said, inside }
  })
  const random = randomFrom(seed)
  return [errorMetric(scored, random), againstBest(scored, random), coverage(scored, random)]
}

/** The error of a method on these series: each step counts, as in the printed tables. */
const errorOf = (name: string) => (scored: readonly Scored[]) => {
  const told = (of: (each: Scored) => readonly number[]) => scored.flatMap((each) => [...of(each)])
  return smape({
    said: told(({ said }) => said.get(name) ?? []),
    truths: told(({ contest }) => contest.future),
  })
}

function errorMetric(scored: readonly Scored[], random: Random): Metric {
  const all = [...(scored[0]?.said.keys() ?? [])].filter((name) => name !== 'ensemble')
  return {
    name: 'm3-forecast sMAPE',
    higherIsBetter: false,
    floor: 13.05,
    aim: 12.7,
    ...statisticWithInterval(scored, errorOf('ensemble'), random),
    baselines: Object.fromEntries(all.map((name) => [name, { value: errorOf(name)(scored) }])),
    scored: scored.length,
    note: `naive2, single smoothing, damped and comb s-h-d are this code's on the same series. By kind: ${kinds(scored)}.`,
  }
}

function kinds(scored: readonly Scored[]): string {
  const periods = [...new Set(scored.map(({ contest }) => contest.period))]
  const of = (period: string) => {
    const own = scored.filter(({ contest }) => contest.period === period)
    return `${period.toLowerCase()} ${errorOf('ensemble')(own).toFixed(2)}`
  }
  return periods.map(of).join(', ')
}

function againstBest(scored: readonly Scored[], random: Random): Metric {
  const single = [...(scored[0]?.said.keys() ?? [])]
    .filter((name) => name !== 'ensemble')
    .map((name) => ({ name, error: errorOf(name)(scored) }))
    .reduce((low, next) => (next.error < low.error ? next : low))
  return {
    name: 'm3-forecast ensemble less best single model, sMAPE',
    higherIsBetter: false,
    floor: 0,
    ...statisticWithInterval(
      scored,
      (sample) => errorOf('ensemble')(sample) - errorOf(single.name)(sample),
      random,
    ),
    scored: scored.length,
    note: `The best single model, known only afterwards, is ${single.name}.`,
  }
}

function coverage(scored: readonly Scored[], random: Random): Metric {
  const share = (sample: readonly Scored[]) =>
    covered(
      sample.flatMap(({ inside }) => [...inside]),
      sample.flatMap(({ contest }) => [...contest.future]),
    )
  return {
    name: 'm3-forecast distance of 90 % coverage from 0.90',
    higherIsBetter: false,
    floor: 0.03,
    ...statisticWithInterval(scored, (sample) => Math.abs(share(sample) - 0.9), random),
    scored: scored.length,
    note: `${share(scored).toFixed(3)} of the truths are inside.`,
  }
}

/** Learned on the end of each history, held back: no future is looked at. */
function bandsFrom(all: readonly Contest[], members: ReturnType<typeof contestMembers>) {
  const seen = new Map<string, Seen[]>()
  for (const contest of all) {
    const cut = contest.x.length - contest.h
    if (cut < Math.max(8, 2 * contest.frequency)) continue
    const past = { ...contest, x: contest.x.slice(0, cut) }
    const said = contestForecasts(past, contest.h, { members, others: {} }).get('ensemble') ?? []
    said.forEach((value, step) => {
      const pair = {
        said: value,
        truth: contest.x[cut + step] ?? 0,
        scale: scaleOf(past.x, contest),
      }
      const key = keyOf(contest, step)
      seen.set(key, [...(seen.get(key) ?? []), pair])
    })
  }
  return new Map<string, Band>([...seen].map(([key, pairs]) => [key, bandFrom(pairs, 0.9, 1)]))
}

const keyOf = ({ period }: Contest, step: number) => `${period} ${step}`

/** The mean change from season to season: what is usual for this series. */
function scaleOf(values: readonly number[], { frequency }: Contest): number {
  let sum = 0
  for (let at = frequency; at < values.length; at += 1) {
    sum += Math.abs((values[at] ?? 0) - (values[at - frequency] ?? 0))
  }
  return sum / Math.max(1, values.length - frequency) || 1
}
