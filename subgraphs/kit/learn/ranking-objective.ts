import type { Gradients } from './grow-tree.ts'
import { type Labels, type Objective, sigmoid } from './objectives.ts'

/**
 * LambdaMART (Burges, 2010): pairs of one query push each other apart by as much as nDCG would
 * change if they swapped places. `labels.groups` is required; targets are relevance from 0 up.
 * Only pairs with one row among the `depth` best are looked at; the loss is 1 − nDCG at `depth`.
 */
export const lambdaRank = (
  depth = 10,
  gain = (relevance: number) => 2 ** relevance - 1,
): Objective => ({
  outputs: 1,
  link: 'identity',
  start: () => [0],
  differentiate(scores, labels, [into]) {
    const { first, second } = into as Gradients
    first.fill(0)
    second.fill(1e-16)
    for (const query of queriesOf(scores, labels, gain)) {
      if (query.ideal > 0) addLambdas(query, depth, { first, second })
    }
  },
  loss(scores, labels) {
    const queries = queriesOf(scores, labels, gain).filter(({ ideal }) => ideal > 0)
    const sum = queries.reduce((all, query) => all + ndcg(query, depth), 0)
    return queries.length === 0 ? 0 : 1 - sum / queries.length
  },
})

interface Query {
  readonly from: number
  readonly weight: number
  /** Rows from `from` on, best score first; of equal scores the earlier row. */
  readonly order: Int32Array
  readonly scores: Float64Array
  readonly gains: Float64Array
  /** DCG of the best possible order. */
  readonly ideal: number
}

const discount = (place: number) => 1 / Math.log2(place + 2)

const dcg = (gains: ArrayLike<number>, depth: number) => {
  let sum = 0
  const end = Math.min(depth, gains.length)
  for (let place = 0; place < end; place += 1) sum += (gains[place] as number) * discount(place)
  return sum
}

function queriesOf(scores: Float64Array, labels: Labels, gain: (relevance: number) => number) {
  const groups = labels.groups ?? [scores.length]
  let from = 0
  return Array.from(groups, (size): Query => {
    const own = scores.subarray(from, from + size)
    const gains = Float64Array.from({ length: size }, (_, i) =>
      gain(labels.targets[from + i] as number),
    )
    const order = Int32Array.from({ length: size }, (_, i) => i)
    order.sort((a, b) => (own[b] as number) - (own[a] as number) || a - b)
    const query = {
      from,
      weight: labels.weights?.[from] ?? 1,
      order,
      scores: own,
      gains,
      ideal: dcg(gains.toSorted().reverse(), size),
    }
    from += size
    return query
  })
}

function ndcg({ order, gains }: Query, depth: number): number {
  const best = dcg(gains.toSorted().reverse(), depth)
  return (
    dcg(
      Float64Array.from(order, (row) => gains[row] as number),
      depth,
    ) / best
  )
}

function addLambdas(query: Query, depth: number, into: Gradients): void {
  const { order, gains, ideal } = query
  for (let high = 0; high < Math.min(depth, order.length); high += 1) {
    for (let low = high + 1; low < order.length; low += 1) {
      const [upper, lower] = [order[high] as number, order[low] as number]
      const gap = (gains[upper] as number) - (gains[lower] as number)
      if (gap === 0) continue
      const [winner, loser] = gap > 0 ? [upper, lower] : [lower, upper]
      const change = (Math.abs(gap) * (discount(high) - discount(low))) / ideal
      push(query, { winner, loser, change }, into)
    }
  }
}

interface Pair {
  winner: number
  loser: number
  change: number
}

function push(query: Query, { winner, loser, change }: Pair, { first, second }: Gradients): void {
  const { from, scores, weight } = query
  const wrong = sigmoid((scores[loser] as number) - (scores[winner] as number))
  const force = weight * change * wrong
  const curve = weight * change * wrong * (1 - wrong)
  for (const [row, sign] of [
    [from + winner, -1],
    [from + loser, 1],
  ] as const) {
    first[row] = (first[row] as number) + sign * force
    second[row] = (second[row] as number) + curve
  }
}
