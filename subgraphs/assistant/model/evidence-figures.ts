import { meanWithInterval, statisticWithInterval } from '@shop/kit/learn/bootstrap'
import { rocAuc } from '@shop/kit/learn/class-metrics'
import { randomFrom } from '@shop/kit/learn/random'
import { averagePrecisionOf } from '@shop/kit/learn/rank-metrics'
import type { Metric } from '@shop/kit/learn/report'
import type { Encoder } from './encoder.ts'
import { evidenceFeatures } from './evidence-features.ts'
import { helpChance, type JudgedRows, learnedRanker, rankedScores } from './evidence-ranker.ts'
import { extractFrom } from './extract.ts'
import { groundedIn } from './grounding.ts'
import type { JudgedQuestion, Split } from './sets.ts'
import { judgedRows, weightsFor } from './trials.ts'

interface Trial {
  readonly split: Split<JudgedQuestion>
  readonly encoder: Encoder | undefined
  readonly seed: number
}

type Scorer = (each: JudgedRows) => readonly number[]

export async function evidenceFigures({ split, encoder, seed }: Trial): Promise<Metric[]> {
  const random = randomFrom(seed)
  const weights = weightsFor(split.train)
  const ranker = learnedRanker(await judgedRows(split.train, { weights, encoder }), seed)
  const scored = await judgedRows(split.scored, { weights, encoder })
  const answerable = scored.filter(({ answers }) => answers.some((answer) => answer > 0))
  const own: Scorer = ({ rows }) => rankedScores(ranker, rows)
  const simple = Object.fromEntries(
    (['bm25', 'coverage', 'cosine'] as const)
      .filter((name) => name !== 'cosine' || encoder)
      .map((name) => [name, byColumn(evidenceFeatures.indexOf(name))] as const),
  )
  const metric = (name: string, of: (scorer: Scorer) => number[]) => ({
    name,
    ...meanWithInterval(of(own), random),
    higherIsBetter: true,
    baselines: Object.fromEntries(
      Object.entries(simple).map(([each, scorer]) => [each, meanWithInterval(of(scorer), random)]),
    ),
    scored: answerable.length,
  })
  const first = (least: number) => (scorer: Scorer) =>
    answerable.map((each) => Number((bestAnswer(each, scorer) ?? 0) >= least))
  const sureness = scored.map((each) => ({
    scores: helpChance(ranker, Math.max(...own(each))),
    truths: Number(each.answers.some((answer) => answer > 0)),
  }))
  return [
    { ...metric('ePQA P@1', first(1)), floor: 0.758, aim: 0.82 },
    metric('ePQA P@1, fully answering', first(2)),
    metric('ePQA mAP', (scorer) => answerable.map((each) => precisionOf(each, scorer))),
    {
      name: 'ePQA AUC of answerable questions',
      ...statisticWithInterval(sureness, sureAuc, random),
      higherIsBetter: true,
      scored: scored.length,
      note: 'How well the chance of the best evidence tells questions that nothing answers.',
    },
    groundedMetric(split.scored, { scored, own, weights }),
  ]
}

const byColumn =
  (column: number): Scorer =>
  ({ rows }) =>
    rows.map((row) => (Number.isNaN(row[column]) ? -1 : (row[column] as number)))

/** Equal scores are the first row's; rows stand in an order that knows no answers. */
function bestAnswer({ answers, rows }: JudgedRows, scorer: Scorer): number | undefined {
  const scores = scorer({ answers, rows })
  return answers[scores.indexOf(Math.max(...scores))]
}

function precisionOf({ answers, rows }: JudgedRows, scorer: Scorer): number {
  const scores = scorer({ answers, rows })
  const order = answers
    .map((_, i) => i)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number))
  return averagePrecisionOf(order, new Set(order.filter((i) => (answers[i] as number) > 0)))
}

function sureAuc(rows: readonly { scores: number; truths: number }[]): number {
  const auc = rocAuc({
    scores: rows.map(({ scores }) => scores),
    truths: rows.map(({ truths }) => truths),
  })
  return Number.isNaN(auc) ? 0.5 : auc
}

interface Quoting {
  readonly scored: readonly JudgedRows[]
  readonly own: Scorer
  readonly weights: ReturnType<typeof weightsFor>
}

function groundedMetric(
  questions: readonly JudgedQuestion[],
  { scored, own, weights }: Quoting,
): Metric {
  const quoted = questions.flatMap(({ question, evidence }, i) => {
    const scores = own(scored[i] as JudgedRows)
    const best = evidence[scores.indexOf(Math.max(...scores))]
    const sentence = best && extractFrom(question, best, weights)
    return sentence ? [groundedIn([sentence], evidence).length] : []
  })
  const share = quoted.reduce((sum, each) => sum + each, 0) / Math.max(1, quoted.length)
  return {
    name: 'quotations that pass the grounding check',
    value: share,
    higherIsBetter: true,
    scored: quoted.length,
    note: 'What fails it is a link, or a heading whose yes and no the check cannot tell apart.',
  }
}
