import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Figure, Metric } from '@shop/kit/learn/report'
import type { History } from '../history.ts'
import { atTen, coverage } from './lists.ts'

/** One shopper's past, and what came of it. */
export interface Case {
  readonly history: History
  readonly wanted: ReadonlySet<string>
}

export interface Compared {
  readonly name: string
  readonly cases: readonly Case[]
  readonly ours: (history: History) => readonly string[]
  readonly others: Readonly<Record<string, (history: History) => readonly string[]>>
  readonly catalogue: number
  readonly seed: number
}

type Marks = Pick<Metric, 'floor' | 'aim' | 'note'>

/** Recall and nDCG at ten, ours beside the others', and how much of the catalogue ours show. */
export function compared(asked: Compared, marks: Marks): Metric[] {
  const random = randomFrom(asked.seed)
  const lists = asked.cases.map(({ history }) => asked.ours(history))
  const ours = scoredBy(asked.cases, (_, at) => lists[at] ?? [], random)
  const others = Object.entries(asked.others).map(
    ([name, list]) =>
      [name, scoredBy(asked.cases, ({ history }) => list(history), random)] as const,
  )
  const baselines = (figure: 'recall' | 'ndcg'): Record<string, Figure> =>
    Object.fromEntries(others.map(([name, at]) => [name, at[figure]]))
  const { scored } = ours
  const shared = { higherIsBetter: true, scored }
  return [
    {
      ...shared,
      ...ours.recall,
      ...marks,
      name: `${asked.name} R@10`,
      baselines: baselines('recall'),
    },
    { ...shared, ...ours.ndcg, name: `${asked.name} nDCG@10`, baselines: baselines('ndcg') },
    {
      ...shared,
      ...coverage(lists, asked.catalogue),
      name: `${asked.name} coverage`,
      scored: lists.length,
    },
  ]
}

function scoredBy(
  cases: readonly Case[],
  list: (each: Case, at: number) => readonly string[],
  random: Random,
) {
  const shoppers = cases
    .map((each, at) => ({ each, at }))
    .filter(({ each }) => each.wanted.size > 0)
    .map(({ each, at }) => ({ shown: list(each, at), wanted: each.wanted }))
  return atTen(shoppers, random)
}
