import { meanWithInterval, statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { calibrationError } from '@shop/kit/learn/class-metrics'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Figure, Metric } from '@shop/kit/learn/report'
import type { Encoder } from './encoder.ts'
import {
  fittedIntents,
  heardBy,
  type IntentModel,
  learnedIntents,
  marginsOf,
  outOfScope,
  scopeOf,
  type Utterance,
} from './intents.ts'
import { naiveBayes } from './naive-bayes.ts'
import type { Split } from './sets.ts'
import { encoded } from './trials.ts'

interface Trial {
  readonly split: Split<Utterance>
  readonly encoder: Encoder | undefined
  readonly seed: number
}

interface Trained {
  readonly model: IntentModel
  readonly plain: IntentModel
  readonly scored: readonly Utterance[]
}

async function trained({ split, encoder, seed }: Trial): Promise<Trained> {
  const intents = [...new Set(split.train.map(({ intent }) => intent))].sort()
  const plain = fittedIntents(split.train, { intents, seed })
  const model = learnedIntents(await encoded(encoder, split.train), { seed })
  return { model, plain, scored: await encoded(encoder, split.scored) }
}

const noteOf = (encoder: Encoder | undefined) =>
  encoder
    ? `With sentence vectors (${encoder.name}).`
    : 'No sentence encoder was built: grams alone.'

function hits(scored: readonly Utterance[], guess: (each: Utterance) => string): number[] {
  return scored.map((each) => Number(guess(each) === each.intent))
}

const bestOf = (model: IntentModel) => (each: Utterance) => {
  const margins = marginsOf(model, each)
  return model.intents[margins.indexOf(Math.max(...margins))] as string
}

export async function bankingFigures(trial: Trial): Promise<Metric[]> {
  const random = randomFrom(trial.seed)
  const { model, plain, scored } = await trained(trial)
  const heard = scored.map((each) => ({ ...heardBy(model, each), truth: each.intent }))
  const right = heard.map(({ intent, truth }) => Number(intent === truth))
  const simple = naiveBayes(trial.split.train)
  const gap = (rows: readonly { chance: number; right: number }[]) =>
    calibrationError({
      scores: rows.map(({ chance }) => chance),
      truths: rows.map((row) => row.right),
    })
  const told = heard.map(({ chance }, i) => ({ chance, right: right[i] as number }))
  return [
    {
      name: 'Banking77 accuracy',
      ...meanWithInterval(right, random),
      higherIsBetter: true,
      floor: 0.927,
      aim: 0.94,
      baselines: {
        'grams alone': meanWithInterval(hits(scored, bestOf(plain)), random),
        'naive Bayes': meanWithInterval(
          hits(scored, ({ text }) => simple(text)),
          random,
        ),
      },
      scored: scored.length,
      note: noteOf(trial.encoder),
    },
    {
      name: 'Banking77 calibration error',
      ...statisticWithInterval(told, gap, random),
      higherIsBetter: false,
      scored: scored.length,
    },
  ]
}

export async function clincFigures(trial: Trial): Promise<Metric[]> {
  const random = randomFrom(trial.seed)
  const { model, plain, scored } = await trained(trial)
  const inside = scored.filter(({ intent }) => intent !== outOfScope)
  const simple = naiveBayes(trial.split.train)
  const accuracy: Metric = {
    name: 'CLINC in-scope accuracy',
    ...meanWithInterval(hits(inside, bestOf(model)), random),
    higherIsBetter: true,
    floor: 0.93,
    baselines: {
      'grams alone': meanWithInterval(hits(inside, bestOf(plain)), random),
      'naive Bayes': meanWithInterval(
        hits(inside, ({ text }) => simple(text)),
        random,
      ),
    },
    scored: inside.length,
    note: noteOf(trial.encoder),
  }
  const own = scopes(model, scored)
  const largest = (margins: Float64Array) => Math.max(...margins)
  return [
    accuracy,
    recallMetric(own, scopes(plain, scored, largest), random),
    thresholdMetric(model, own, random),
  ]
}

interface Scope {
  readonly score: number
  readonly inside: boolean
}

function scopes(
  model: IntentModel,
  scored: readonly Utterance[],
  score = (margins: Float64Array) => scopeOf(model.intents, margins),
): Scope[] {
  return scored.map((each) => ({
    score: score(marginsOf(model, each)),
    inside: each.intent !== outOfScope,
  }))
}

/** Of what is out of scope, the share below the threshold that keeps 95 % of what is in scope. */
function recallAtKept(rows: readonly Scope[]): number {
  const kept = rows.filter(({ inside }) => inside).map(({ score }) => score)
  const threshold = kept.sort((a, b) => a - b)[Math.floor(0.05 * kept.length)] ?? 0
  const out = rows.filter(({ inside }) => !inside)
  return out.filter(({ score }) => score < threshold).length / out.length
}

const recallMetric = (own: readonly Scope[], simple: readonly Scope[], random: Random): Metric => ({
  name: 'CLINC out-of-scope recall at 95 % in-scope',
  ...statisticWithInterval(own, recallAtKept, random),
  higherIsBetter: true,
  floor: 0.7,
  baselines: { 'largest margin of grams': statisticWithInterval(simple, recallAtKept, random) },
  scored: own.filter(({ inside }) => !inside).length,
})

/** The threshold the shop would use, which saw none of these rows: what it keeps and what it refuses. */
function thresholdMetric(
  { threshold }: IntentModel,
  rows: readonly Scope[],
  random: Random,
): Metric {
  const share = (of: boolean, test: (score: number) => boolean): Figure =>
    meanWithInterval(
      rows.filter(({ inside }) => inside === of).map(({ score }) => Number(test(score))),
      random,
    )
  const kept = share(true, (score) => score >= threshold)
  return {
    name: 'CLINC out-of-scope recall at the learned threshold',
    ...share(false, (score) => score < threshold),
    higherIsBetter: true,
    scored: rows.filter(({ inside }) => !inside).length,
    note: `It keeps ${kept.value.toFixed(3)} of what is in scope.`,
  }
}

export async function bitextFigures({ split, seed }: Trial): Promise<Metric[]> {
  const random = randomFrom(seed)
  const model = learnedIntents(split.train, { seed })
  const simple = naiveBayes(split.train)
  return [
    {
      name: 'Bitext accuracy',
      ...meanWithInterval(hits(split.scored, bestOf(model)), random),
      higherIsBetter: true,
      floor: 0.98,
      baselines: {
        'naive Bayes': meanWithInterval(
          hits(split.scored, ({ text }) => simple(text)),
          random,
        ),
      },
      scored: split.scored.length,
      note: 'Saturated: a gate against regressions, grams alone.',
    },
  ]
}
