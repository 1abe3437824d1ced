import type { Scored } from './class-metrics.ts'
import { softmax } from './objectives.ts'
import { BadRows } from './refusals.ts'

/** Chances by score: a straight line between the points, and flat beyond them. */
export interface Isotonic {
  readonly scores: readonly number[]
  readonly chances: readonly number[]
}

/** Rows may stand for several, where the rest were left out of a sample. */
export type Weighed = Scored & { readonly weights?: ArrayLike<number> | undefined }

/** The rising steps that are closest to the truths: pool adjacent violators (Ayer et al., 1955). */
export function isotonic({ scores, truths, weights }: Weighed): Isotonic {
  if (truths.length === 0) throw new BadRows('There are no rows to calibrate on.')
  const order = Array.from(truths, (_, i) => i)
  order.sort((a, b) => (scores[a] as number) - (scores[b] as number))
  const pools: Pool[] = []
  for (let i = 0; i < order.length; ) {
    // Equal scores are one point, whatever their truths.
    const score = scores[order[i] as number] as number
    const same = { low: score, high: score, sum: 0, rows: 0 }
    for (; scores[order[i] as number] === score; i += 1) {
      const weight = weights?.[order[i] as number] ?? 1
      same.sum += weight * (truths[order[i] as number] as number)
      same.rows += weight
    }
    pools.push(same)
    settle(pools)
  }
  const points = pools.flatMap(({ low, high, sum, rows }) =>
    (low === high ? [low] : [low, high]).map((score) => [score, sum / rows] as const),
  )
  return { scores: points.map(([score]) => score), chances: points.map(([, chance]) => chance) }
}

interface Pool {
  readonly low: number
  readonly high: number
  readonly sum: number
  readonly rows: number
}

const pooled = (a: Pool, b: Pool): Pool => ({
  low: a.low,
  high: b.high,
  sum: a.sum + b.sum,
  rows: a.rows + b.rows,
})

function settle(pools: Pool[]): void {
  for (;;) {
    const [before, last] = pools.slice(-2)
    if (!before || !last || before.sum * last.rows < last.sum * before.rows) return
    pools.splice(-2, 2, pooled(before, last))
  }
}

export function isotonicChance({ scores, chances }: Isotonic, score: number): number {
  let [low, high] = [0, scores.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((scores[middle] as number) < score) low = middle + 1
    else high = middle
  }
  const last = scores.length - 1
  if (low === 0) return chances[0] as number
  if (low > last) return chances[last] as number
  const [a, b] = [scores[low - 1] as number, scores[low] as number]
  const [from, to] = [chances[low - 1] as number, chances[low] as number]
  return from + ((to - from) * (score - a)) / (b - a)
}

/** The chance is 1 / (1 + e^(slope · score + offset)); the slope is negative where scores are any good. */
export interface Platt {
  readonly slope: number
  readonly offset: number
}

/** Platt (1999) with his softened targets, by the safeguarded Newton of Lin, Lin and Weng (2007). */
export function platt({ scores, truths }: Scored): Platt {
  if (truths.length === 0) throw new BadRows('There are no rows to calibrate on.')
  const positives = Array.from(truths).filter((each) => each === 1).length
  const negatives = truths.length - positives
  const targets = Array.from(truths, (each) =>
    each === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
  )
  let [slope, offset] = [0, Math.log((negatives + 1) / (positives + 1))]
  let loss = plattLoss({ slope, offset }, scores, targets)
  for (let round = 0; round < 100; round += 1) {
    const step = newtonStep({ slope, offset }, scores, targets)
    if (Math.abs(step.first) + Math.abs(step.second) < 1e-12) break
    for (let length = 1; length > 1e-10; length /= 2) {
      const next = { slope: slope + length * step.first, offset: offset + length * step.second }
      const reached = plattLoss(next, scores, targets)
      if (reached > loss) continue
      loss = reached
      slope = next.slope
      offset = next.offset
      break
    }
  }
  return { slope, offset }
}

export const plattChance = ({ slope, offset }: Platt, score: number): number =>
  1 / (1 + Math.exp(slope * score + offset))

function plattLoss({ slope, offset }: Platt, scores: ArrayLike<number>, targets: number[]): number {
  return targets.reduce((sum, target, i) => {
    const power = slope * (scores[i] as number) + offset
    return sum + target * power + Math.max(-power, 0) + Math.log1p(Math.exp(-Math.abs(power)))
  }, 0)
}

function newtonStep(at: Platt, scores: ArrayLike<number>, targets: number[]) {
  let [g1, g2, h11, h12, h22] = [0, 0, 1e-12, 0, 1e-12]
  for (const [i, target] of targets.entries()) {
    const score = scores[i] as number
    const chance = plattChance(at, score)
    const curve = chance * (1 - chance)
    g1 += score * (target - chance)
    g2 += target - chance
    h11 += score * score * curve
    h12 += score * curve
    h22 += curve
  }
  const determinant = h11 * h22 - h12 * h12
  return {
    first: -(h22 * g1 - h12 * g2) / determinant,
    second: -(h11 * g2 - h12 * g1) / determinant,
  }
}

/** What scores of classes are divided by so that their softmax is as sure as it is right. */
export interface Classes {
  /** `classes` scores a row, row after row. */
  readonly scores: Float64Array
  readonly targets: ArrayLike<number>
  readonly classes: number
}

/** Temperature scaling (Guo et al., 2017): the temperature of least log loss, by golden section. */
export function temperature({ scores, targets, classes }: Classes): number {
  if (targets.length === 0) throw new BadRows('There are no rows to calibrate on.')
  const loss = (logarithm: number) => {
    let sum = 0
    for (let row = 0; row < targets.length; row += 1) {
      const own = scores.subarray(row * classes, (row + 1) * classes)
      const chances = softmax(own.map((score) => score / Math.exp(logarithm)))
      sum -= Math.log(Math.max(1e-300, chances[targets[row] as number] as number))
    }
    return sum
  }
  return Math.exp(lowest(loss, -5, 5))
}

function lowest(value: (at: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let [a, b] = [from, to]
  let [c, d] = [b - golden * (b - a), a + golden * (b - a)]
  let [atC, atD] = [value(c), value(d)]
  while (b - a > 1e-9) {
    if (atC < atD) {
      ;[b, d, atD] = [d, c, atC]
      c = b - golden * (b - a)
      atC = value(c)
    } else {
      ;[a, c, atC] = [c, d, atD]
      d = a + golden * (b - a)
      atD = value(d)
    }
  }
  return (a + b) / 2
}
