import { statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { covered } from '@shop/kit/learn/conformal'
import type { DataSets } from '@shop/kit/learn/data'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Judging, Metric } from '@shop/kit/learn/report'
import { openAugurs } from './augurs.ts'
import { dailyOf, demandOf, type Line, weekly, weeksBefore } from './demand.ts'
import {
  dailyBaselines,
  dailySaid,
  type Tools,
  weeklyBaselines,
  weeklySaid,
} from './demand-methods.ts'
import { type Chosen, chosenEnsemble, combined, shareInError, type Trial } from './ensemble.ts'
import { bandFrom, intervalOf } from './intervals.ts'
import { Sarima } from './sarima.ts'

const name = 'online-retail/transactions'
const days = 28

interface World {
  /** The 200 SKUs' lines, and the first of the 28 days that are to be foretold. */
  skus: readonly (readonly Line[])[]
  today: number
  tools: Tools
}

/** Online-retail: the 200 SKUs of most revenue before the day of forecast, 28 days ahead. */
export async function judgeDemand({ data, seed }: Judging): Promise<Metric[]> {
  await using sarima = new Sarima()
  const world = { ...retail(data), tools: { augurs: await openAugurs(), sarima, seed } }
  const random = randomFrom(seed)
  const weeks = await judged(world, { origins: [112, 84, 56, 28], grain: 'weekly' })
  const dailies = await judged(world, { origins: [84, 56, 28], grain: 'daily' })
  return [
    ...errors(dailies, { grain: 'daily', floor: 0.87, baselines: dailyBaselines, random }),
    ...errors(weeks, {
      grain: 'weekly',
      floor: 0.56,
      aim: 0.5,
      baselines: weeklyBaselines,
      random,
    }),
    coverage(weeks, random),
  ]
}

/** With a held split October is history: it is known by then, and the season is in it. */
function retail(data: DataSets): Pick<World, 'skus' | 'today'> {
  const validation = data.file(`${name}_validation`)
  const scored = data.scored(name)
  const held = scored !== validation
  const from = '2010-12-01'
  const before = held ? [data.train(name), validation] : [data.train(name)]
  const past = demandOf(before, from).slice(0, 200)
  const later = new Map(demandOf([scored], from).map(({ sku, lines }) => [sku, lines]))
  const skus = past.map(({ sku, lines }) => [...lines, ...(later.get(sku) ?? [])])
  return { skus, today: held ? 335 : 304 }
}

interface Outcome {
  chosen: Chosen
  past: readonly Trial[]
  now: readonly Trial[]
}

interface Plan {
  /** How many days before the forecast the methods were tried. */
  origins: readonly number[]
  grain: 'daily' | 'weekly'
}

async function judged({ skus, today, tools }: World, { origins, grain }: Plan): Promise<Outcome> {
  const trialsAt = async (back: number): Promise<Trial[]> => {
    const day = today - back
    const truths = skus.map((lines) => dailyOf(lines, day + days).slice(day))
    if (grain === 'weekly') {
      const known = skus.map((lines) => weeksBefore(lines, day))
      const said = await weeklySaid(known, 4, tools)
      return said.map((own, i) => ({ said: own, truths: weekly(truths[i] ?? []) }))
    }
    const said = dailySaid(
      skus.map((lines) => dailyOf(lines, day)),
      days,
      tools,
    )
    return said.map((own, i) => ({ said: own, truths: truths[i] ?? [] }))
  }
  const past: Trial[] = []
  for (const back of origins) past.push(...(await trialsAt(back)))
  return { chosen: chosenEnsemble(past), past, now: await trialsAt(0) }
}

interface Marks {
  grain: string
  floor: number
  aim?: number
  baselines: readonly string[]
  random: Random
}

function errors({ chosen, now }: Outcome, { grain, baselines, random, ...marks }: Marks): Metric[] {
  const of = (members: readonly string[]) => (trials: readonly Trial[]) =>
    shareInError(trials.map((trial) => ({ ...trial, ahead: combined(trial.said, members) })))
  const singles = [...chosen.alone.keys()].map((one) => ({ one, error: of([one])(now) }))
  const best = singles.reduce((low, next) => (next.error < low.error ? next : low))
  const picked = [...chosen.alone].reduce((low, next) => (next[1] < low[1] ? next : low))[0]
  const together = of(chosen.members)
  const table = Object.fromEntries(singles.map(({ one, error }) => [one, { value: error }]))
  const listed = singles.map(({ one, error }) => `${one} ${error.toFixed(3)}`).join(', ')
  return [
    {
      name: `online-retail ${grain} WAPE`,
      higherIsBetter: false,
      ...marks,
      ...statisticWithInterval(now, together, random),
      baselines: table,
      scored: now.length,
      note: `The median of ${chosen.members.join('; ')}. Of the single ones ${baselines.join(' and ')} are the simple; all: ${listed}.`,
    },
    {
      name: `online-retail ${grain} ensemble less the single model chosen beforehand, WAPE`,
      higherIsBetter: false,
      floor: 0,
      ...statisticWithInterval(now, (sample) => together(sample) - of([picked])(sample), random),
      scored: now.length,
      note: `Chosen at the same origins: ${picked}. Known only afterwards, the best is ${best.one}: ${(together(now) - best.error).toFixed(4)} to it.`,
    },
  ]
}

/** Intervals on log1p of a week's units, learned at the earlier origins. */
function coverage({ chosen, past, now }: Outcome, random: Random): Metric {
  const pairs = (trials: readonly Trial[]) =>
    trials.map(({ said, truths }) => {
      const ahead = combined(said, chosen.members)
      return truths.map((truth, step) => ({
        said: Math.log1p(ahead[step] ?? 0),
        truth: Math.log1p(truth),
        scale: 1,
      }))
    })
  const band = bandFrom(pairs(past).flat(), 0.9)
  const share = (sample: readonly ReturnType<typeof pairs>[number][]) =>
    covered(
      sample.flat().map((pair) => intervalOf(band, pair, 0)),
      sample.flat().map(({ truth }) => truth),
    )
  const seen = pairs(now)
  return {
    name: 'online-retail weekly distance of 90 % coverage from 0.90',
    higherIsBetter: false,
    floor: 0.03,
    ...statisticWithInterval(seen, (sample) => Math.abs(share(sample) - 0.9), random),
    scored: now.length,
    note: `${share(seen).toFixed(3)} of the weeks are inside.`,
  }
}
