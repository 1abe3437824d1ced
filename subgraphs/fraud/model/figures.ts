import { classFigures, unavoidableError } from '@shop/kit/learn/class-figures'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Figure, Judged, Judging, Metric } from '@shop/kit/learn/report'
import { lineBaseline } from './baselines.ts'
import { handbookMetrics } from './handbook-figures.ts'
import {
  componentTrial,
  type Outcome,
  orderTrial,
  signUpTrial,
  sparkovTrial,
  type Trial,
  tried,
  triedInFolds,
} from './trials.ts'

/** Every figure of fraud, each with its interval and a simple method beside it. */
export async function judgedFraud({ data, seed }: Judging): Promise<Judged> {
  const orders = orderTrial(data, seed)
  const signUps = signUpTrial(data, seed)
  const components = componentTrial(data, seed)
  const sparkov = sparkovTrial(data, seed)
  const random = randomFrom(seed)
  const inFolds = 'No rows of orders are set apart: five folds of the labelled ones.'
  return {
    capability: 'fraud',
    metrics: [
      ...metricsOf(
        'sign-ups',
        { outcome: tried(signUps), trial: signUps, random },
        {
          rocAuc: { floor: 0.909 },
          averagePrecision: { floor: 0.613 },
          calibrationError: { floor: 0.02 },
        },
      ),
      ...metricsOf(
        'orders',
        { outcome: orders.held ? tried(orders) : triedInFolds(orders), trial: orders, random },
        {
          rocAuc: { floor: 0.646, aim: 0.7, ...(orders.held ? {} : { note: inFolds }) },
        },
      ),
      ...metricsOf(
        'ULB',
        { outcome: tried(components), trial: components, random },
        {
          rocAuc: { floor: 0.981 },
          averagePrecision: { floor: 0.966 },
        },
      ),
      ...metricsOf(
        'Sparkov',
        { outcome: tried(sparkov), trial: sparkov, random },
        {
          rocAuc: { note: 'Amount and hour give it away: it proves the plumbing, not skill.' },
        },
      ),
      ...handbookMetrics(seed),
    ],
  }
}

type Mark = Partial<Pick<Metric, 'floor' | 'aim' | 'note'>>
type Marks = Partial<Record<'rocAuc' | 'averagePrecision' | 'calibrationError', Mark>>

interface Scored {
  readonly outcome: Outcome
  readonly trial: Trial
  readonly random: Random
}

function metricsOf(set: string, { outcome, trial, random }: Scored, marks: Marks): Metric[] {
  const { scores, chances, truths } = outcome
  const own = classFigures({ scores, chances, truths }, random)
  const line = classFigures({ ...lineBaseline(trial), truths: baselineTruths(trial) }, random)
  const base = { scored: truths.length }
  const baselines = (figure: Figure) => ({ 'logistic regression on the same columns': figure })
  const unavoidable = unavoidableError(chances, random)
  return [
    {
      name: `${set} AUC`,
      ...own.rocAuc,
      ...base,
      higherIsBetter: true,
      baselines: baselines(line.rocAuc),
      ...marks.rocAuc,
    },
    {
      name: `${set} AP`,
      ...own.averagePrecision,
      ...base,
      higherIsBetter: true,
      baselines: baselines(line.averagePrecision),
      ...marks.averagePrecision,
    },
    {
      name: `${set} ECE`,
      ...own.calibrationError,
      ...base,
      higherIsBetter: false,
      baselines: baselines(line.calibrationError),
      note: `True chances would have ${unavoidable.toFixed(4)} on so many rows.`,
      ...marks.calibrationError,
    },
  ]
}

const baselineTruths = ({ truths, lesson }: Trial) =>
  truths.length > 0 ? truths : Array.from(lesson.targets)
