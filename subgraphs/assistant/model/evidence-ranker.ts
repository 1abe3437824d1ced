import { scoresOf, type TreeModel, trainedTrees } from '@shop/kit/learn/boosting'
import { type Isotonic, isotonic, isotonicChance } from '@shop/kit/learn/calibration'
import { matrixOf } from '@shop/kit/learn/matrix'
import { logistic } from '@shop/kit/learn/objectives'
import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { groupedFolds } from '@shop/kit/learn/splits'

/** A question's rows by `evidence-features`, and how far each evidence answers it: 0, 1 or 2. */
export interface JudgedRows {
  readonly rows: readonly (readonly number[])[]
  readonly answers: readonly number[]
}

export interface EvidenceRanker {
  /** Of the chance to help, of different seeds: few questions make single trees unsteady. */
  readonly trees: readonly TreeModel[]
  /** From the score to the chance, learned on questions the trees had not seen. */
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

type Trees = Pick<EvidenceRanker, 'trees'>

function treesOf(judged: readonly JudgedRows[], seed: number, count: number): Trees {
  const features = matrixOf(judged.flatMap(({ rows }) => rows))
  const targets = judged.flatMap(({ answers }) => answers.map((answer) => Number(answer > 0)))
  return {
    trees: Array.from({ length: count }, (_, i) =>
      trainedTrees(logistic, { features, targets }, { ...settings, seed: seed + i }),
    ),
  }
}

/** The higher, the better the evidence answers; of any range. */
export function rankedScores({ trees }: Trees, rows: readonly (readonly number[])[]): number[] {
  if (rows.length === 0) return []
  const features = matrixOf(rows)
  const each = trees.map((model) => scoresOf(model, features))
  return rows.map((_, i) => each.reduce((sum, own) => sum + (own[i] as number), 0) / trees.length)
}

export const helpChance = ({ curve }: EvidenceRanker, score: number): number =>
  isotonicChance(curve, score)
