import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { covered } from '@shop/kit/learn/conformal'
import { smape } from '@shop/kit/learn/error-metrics'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { openAugurs } from './augurs.ts'
import {
  type Contest,
  combinations,
  contestBaselines,
  contestForecasts,
  contestMembers,
  contests,
} from './competition.ts'
import { type Band, bandFrom, intervalOf, type Seen } from './intervals.ts'

interface Scored {
  contest: Contest
  said: Map<string, number[]>
}

type Members = ReturnType<typeof contestMembers>

/** M3: sMAPE of the ensemble over all steps, and how often its 90 % intervals hold the truth. */
export async function judgeContest({ data, seed }: Judging): Promise<Metric[]> {
  const members = contestMembers(await openAugurs())
  const all = contests(data)
  const past = heldBack(all, members)
  const chosen = combinations.reduce((low, next) =>
    errorOf(next)(past) < errorOf(low)(past) ? next : low,
  )
  const scored = all.map(
    (contest): Scored => ({
      contest,
      said: contestForecasts(contest, contest.h, { members, others: contestBaselines }),
    }),
  )
  const random = randomFrom(seed)
  const parts = { scored, random, chosen }
  return [errorMetric(parts), againstBest(parts), coverage(parts, bandsFrom(past, chosen))]
}

/** The end of each history as if it were the future, and the rest its past: no future is looked at. */
function heldBack(all: readonly Contest[], members: Members): Scored[] {
  return all.flatMap((contest) => {
    const cut = contest.x.length - contest.h
    if (cut < Math.max(8, 2 * contest.frequency)) return []
    const past = { ...contest, x: contest.x.slice(0, cut), future: contest.x.slice(cut) }
    return { contest: past, said: contestForecasts(past, contest.h, { members, others: {} }) }
  })
}

interface Parts {
  scored: readonly Scored[]
  random: Random
  /** Which combination is the ensemble. */
  chosen: string
}

const singlesOf = (scored: readonly Scored[]) =>
  [...(scored[0]?.said.keys() ?? [])].filter((name) => !combinations.some((both) => both === name))

/** The error of a method on these series: each step counts, as in the printed tables. */
const errorOf = (name: string) => (scored: readonly Scored[]) => {
  const told = (of: (each: Scored) => readonly number[]) => scored.flatMap((each) => [...of(each)])
  return smape({
    said: told(({ said }) => said.get(name) ?? []),
    truths: told(({ contest }) => contest.future),
  })
}

function errorMetric({ scored, random, chosen }: Parts): Metric {
  const other = combinations.filter((name) => name !== chosen)
  const all = [...singlesOf(scored), ...other]
  return {
    name: 'm3-forecast sMAPE',
    higherIsBetter: false,
    floor: 13.05,
    aim: 12.7,
    ...statisticWithInterval(scored, errorOf(chosen), random),
    baselines: Object.fromEntries(all.map((name) => [name, { value: errorOf(name)(scored) }])),
    scored: scored.length,
    note: `The ${chosen}, which was the better at the held-back ends of the histories. naive2, single smoothing, damped and comb s-h-d are this code's on the same series. By kind: ${kinds(scored, chosen)}.`,
  }
}

function kinds(scored: readonly Scored[], chosen: string): string {
  const periods = [...new Set(scored.map(({ contest }) => contest.period))]
  const of = (period: string) => {
    const own = scored.filter(({ contest }) => contest.period === period)
    return `${period.toLowerCase()} ${errorOf(chosen)(own).toFixed(2)}`
  }
  return periods.map(of).join(', ')
}

function againstBest({ scored, random, chosen }: Parts): Metric {
  const single = singlesOf(scored)
    .map((name) => ({ name, error: errorOf(name)(scored) }))
    .reduce((low, next) => (next.error < low.error ? next : low))
  return {
    name: 'm3-forecast ensemble less best single model, sMAPE',
    higherIsBetter: false,
    floor: 0,
    ...statisticWithInterval(
      scored,
      (sample) => errorOf(chosen)(sample) - errorOf(single.name)(sample),
      random,
    ),
    scored: scored.length,
    note: `The best single model, known only afterwards, is ${single.name}.`,
  }
}

function coverage({ scored, random, chosen }: Parts, bands: ReadonlyMap<string, Band>): Metric {
  const inside = scored.map(({ contest, said }) => {
    const ends = (said.get(chosen) ?? []).map((value, step): readonly [number, number] => {
      const band = bands.get(keyOf(contest, step))
      return band
        ? intervalOf(band, { said: value, scale: scaleOf(contest.x, contest) }, 0)
        : [0, 0]
    })
    return { ends, truths: contest.future }
  })
  const share = (sample: readonly (typeof inside)[number][]) =>
    covered(
      sample.flatMap(({ ends }) => ends),
      sample.flatMap(({ truths }) => [...truths]),
    )
  return {
    name: 'm3-forecast distance of 90 % coverage from 0.90',
    higherIsBetter: false,
    floor: 0.03,
    ...statisticWithInterval(inside, (sample) => Math.abs(share(sample) - 0.9), random),
    scored: scored.length,
    note: `${share(inside).toFixed(3)} of the truths are inside.`,
  }
}

function bandsFrom(past: readonly Scored[], chosen: string): Map<string, Band> {
  const seen = new Map<string, Seen[]>()
  for (const { contest, said } of past) {
    const scale = scaleOf(contest.x, contest)
    for (const [step, value] of (said.get(chosen) ?? []).entries()) {
      const own = seen.get(keyOf(contest, step)) ?? []
      own.push({ said: value, truth: contest.future[step] ?? 0, scale })
      seen.set(keyOf(contest, step), own)
    }
  }
  return new Map([...seen].map(([key, pairs]) => [key, bandFrom(pairs, 0.9, 1)]))
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
