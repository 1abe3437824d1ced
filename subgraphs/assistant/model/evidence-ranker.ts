import { predictionsOf, scoresOf, type TreeModel, trainedTrees } from '@shop/kit/learn/boosting'
import { type Isotonic, isotonic, isotonicChance } from '@shop/kit/learn/calibration'
import { matrixOf } from '@shop/kit/learn/matrix'
import { logistic } from '@shop/kit/learn/objectives'
import { randomFrom } from '@shop/kit/learn/random'
import { lambdaRank } from '@shop/kit/learn/ranking-objective'
import { BadRows } from '@shop/kit/learn/refusals'
import { groupedFolds } from '@shop/kit/learn/splits'

/** A question's rows by `evidence-features`, and how far each evidence answers it: 0, 1 or 2. */
export interface JudgedRows {
  readonly rows: readonly (readonly number[])[]
  readonly answers: readonly number[]
}

export interface EvidenceRanker {
  /** LambdaMART and the logistic loss, which err in different places. */
  readonly orders: readonly TreeModel[]
  readonly chances: readonly TreeModel[]
  /** From the score to the chance that evidence helps, learned on questions the trees had not seen. */
  readonly curve: Isotonic
}

const settings = {
  rounds: 120,
  rate: 0.04,
  leaves: 8,
  minLeafRows: 25,
  l2: 10,
  rowShare: 0.7,
  columnShare: 0.5,
}
/** So many of each kind, of different seeds: few questions make single trees unsteady. */
const together = 3

export function learnedRanker(judged: readonly JudgedRows[], seed = 1): EvidenceRanker {
  if (judged.length < 5) throw new BadRows('There are fewer than five questions to learn from.')
  const held = groupedFolds(
    judged.map((_, i) => i),
    4,
    randomFrom(seed),
  ).flatMap(({ train, score }) => {
    const model = treesOf(pick(judged, train), seed, 1)
    return pick(judged, score).map((each) => ({
      scores: rankedScores(model, each.rows),
      truths: each.answers.map((answer) => Number(answer > 0)),
    }))
  })
  const curve = isotonic({
    scores: held.flatMap(({ scores }) => scores),
    truths: held.flatMap(({ truths }) => truths),
  })
  return { ...treesOf(judged, seed, together), curve }
}

const pick = <T>(all: readonly T[], places: readonly number[]) =>
  places.map((place) => all[place] as T)

type Trees = Pick<EvidenceRanker, 'orders' | 'chances'>

function treesOf(judged: readonly JudgedRows[], seed: number, count: number): Trees {
  const features = matrixOf(judged.flatMap(({ rows }) => rows))
  const targets = judged.flatMap(({ answers }) => answers)
  const groups = judged.map(({ rows }) => rows.length)
  const seeds = Array.from({ length: count }, (_, i) => seed + i)
  const helps = targets.map((each) => Number(each > 0))
  return {
    orders: seeds.map((own) =>
      trainedTrees(lambdaRank(3), { features, targets, groups }, { ...settings, seed: own }),
    ),
    chances: seeds.map((own) =>
      trainedTrees(logistic, { features, targets: helps }, { ...settings, seed: own }),
    ),
  }
}

/** The higher, the better the evidence answers; of any range. */
export function rankedScores(
  { orders, chances }: Trees,
  rows: readonly (readonly number[])[],
): number[] {
  if (rows.length === 0) return []
  const features = matrixOf(rows)
  const sums = new Float64Array(rows.length)
  const add = (values: Float64Array, weight: number) => {
    for (const [i, value] of values.entries()) sums[i] = (sums[i] as number) + weight * value
  }
  for (const model of orders) add(scoresOf(model, features), 1 / orders.length)
  for (const model of chances) add(predictionsOf(model, features), 2 / chances.length)
  return [...sums]
}

export const helpChance = ({ curve }: EvidenceRanker, score: number): number =>
  isotonicChance(curve, score)
