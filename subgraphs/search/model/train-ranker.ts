import { type TreeModel, trainedTrees } from '@shop/kit/learn/boosting'
import { matrixOf } from '@shop/kit/learn/matrix'
import { lambdaRank } from '@shop/kit/learn/ranking-objective'
import type { SearchEngine } from './engine.ts'
import { featuresOf } from './features.ts'
import type { Judgments } from './icecat.ts'

/** Candidates of one query as rows, with what each is worth. */
export interface Example {
  readonly rows: readonly Float32Array[]
  readonly grades: readonly number[]
}

/** An unjudged product counts as irrelevant, as it does where the order is scored. */
export async function examplesOf(
  engine: SearchEngine,
  judgments: readonly Judgments[],
): Promise<Example[]> {
  const examples: Example[] = []
  for (const { query, grades } of judgments) {
    const { question, candidates } = await engine.examined(query)
    examples.push({
      rows: candidates.map((candidate) => featuresOf(question, candidate)),
      grades: candidates.map(({ product }) => grades.get(product.id) ?? 0),
    })
  }
  return examples
}

const seeds = 4

/**
 * Trees that order candidates by their grades (LambdaMART). A few dozen queries carry little, so
 * the trees are small and slow, each sees a part of rows and columns, and four forests of other
 * seeds are one. Throws BAD_ROWS where there is nothing to learn from.
 */
export function trainedRanker(examples: readonly Example[], seed: number): TreeModel {
  const kept = examples.filter(({ rows }) => rows.length > 0)
  const training = {
    features: matrixOf(kept.flatMap(({ rows }) => rows)),
    targets: kept.flatMap(({ grades }) => grades),
    groups: kept.map(({ rows }) => rows.length),
  }
  const forests = Array.from({ length: seeds }, (_, i) =>
    trainedTrees(lambdaRank(10), training, { ...settings, seed: seed * seeds + i }),
  )
  return { ...(forests[0] as TreeModel), trees: forests.flatMap(({ trees }) => trees) }
}

const settings = {
  rounds: 60,
  rate: 0.05,
  leaves: 6,
  depth: 4,
  minLeafRows: 20,
  l2: 5,
  rowShare: 0.8,
  columnShare: 0.6,
  bins: 63,
}
