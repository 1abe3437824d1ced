import { calibrationError, type Scored } from './class-metrics.ts'
import type { Random } from './random.ts'
import type { Figure } from './report.ts'

/** Rows sorted once, best score first, so that a thousand resamples are a thousand passes. */
interface Ranked {
  readonly order: Int32Array
  readonly scores: Float64Array
  readonly truths: Uint8Array
}

/** How often each row was drawn, and whether the next row has the same score. */
type Statistic = (ranked: Ranked, drawn: Float64Array) => number

/**
 * AUC, average precision and calibration error with 95 % intervals, by the percentile bootstrap
 * over rows (Efron, 1979). Calibration is of `chances`, where they are not the scores themselves.
 */
export function classFigures(
  { scores, truths, chances = scores }: Scored & { readonly chances?: ArrayLike<number> },
  random: Random,
): Record<'rocAuc' | 'averagePrecision' | 'calibrationError', Figure> {
  const byScore = ranked({ scores, truths })
  const byChance = ranked({ scores: chances, truths })
  // Of very many rows the interval is narrow, and fewer draws know its ends as well.
  const rounds = truths.length > 50_000 ? 200 : 500
  const draws = Array.from({ length: rounds }, () => {
    const drawn = new Float64Array(truths.length)
    for (let i = 0; i < drawn.length; i += 1) {
      const row = random.below(drawn.length)
      drawn[row] = (drawn[row] as number) + 1
    }
    return [auc(byScore, drawn), precision(byScore, drawn), gap(byChance, drawn)] as const
  })
  const whole = new Float64Array(truths.length).fill(1)
  const figure = (value: number, at: 0 | 1 | 2): Figure => {
    const seen = draws.map((draw) => draw[at]).filter((each) => !Number.isNaN(each))
    seen.sort((a, b) => a - b)
    const share = (part: number) => seen[Math.floor(part * (seen.length - 1))] ?? Number.NaN
    return { value, interval: [share(0.025), share(0.975)] }
  }
  return {
    rocAuc: figure(auc(byScore, whole), 0),
    averagePrecision: figure(precision(byScore, whole), 1),
    calibrationError: figure(gap(byChance, whole), 2),
  }
}

/**
 * What the calibration error of so many rows would be if every chance were true: the part of an
 * error that small numbers make by themselves. The mean of 200 draws.
 */
export function unavoidableError(chances: ArrayLike<number>, random: Random): number {
  let sum = 0
  for (let round = 0; round < 200; round += 1) {
    const truths = Array.from(chances, (chance) => Number(random.next() < chance))
    sum += calibrationError({ scores: chances, truths })
  }
  return sum / 200
}

function ranked({ scores, truths }: Scored): Ranked {
  const order = Int32Array.from({ length: truths.length }, (_, row) => row)
  order.sort((a, b) => (scores[b] as number) - (scores[a] as number))
  return { order, scores: Float64Array.from(scores), truths: Uint8Array.from(truths) }
}

/** Calls `step` with the hits and misses of each score, the highest first. */
function eachStep(
  { order, scores, truths }: Ranked,
  drawn: Float64Array,
  step: (hits: number, misses: number) => void,
): void {
  let [hits, misses] = [0, 0]
  for (let i = 0; i < order.length; i += 1) {
    const row = order[i] as number
    if (truths[row] === 1) hits += drawn[row] as number
    else misses += drawn[row] as number
    const next = order[i + 1]
    if (next !== undefined && scores[next] === scores[row]) continue
    step(hits, misses)
    hits = 0
    misses = 0
  }
}

const auc: Statistic = (rows, drawn) => {
  let [positives, negatives, above] = [0, 0, 0]
  eachStep(rows, drawn, (hits, misses) => {
    above += misses * (positives + hits / 2)
    positives += hits
    negatives += misses
  })
  return above / (positives * negatives)
}

const precision: Statistic = (rows, drawn) => {
  let [seen, found, sum] = [0, 0, 0]
  eachStep(rows, drawn, (hits, misses) => {
    seen += hits + misses
    found += hits
    if (seen > 0) sum += (hits * found) / seen
  })
  return sum / found
}

const gap: Statistic = ({ scores, truths }, drawn) => {
  const gaps = new Float64Array(10)
  let total = 0
  for (let row = 0; row < truths.length; row += 1) {
    const times = drawn[row] as number
    const bin = Math.min(9, Math.floor((scores[row] as number) * 10))
    gaps[bin] = (gaps[bin] as number) + times * ((scores[row] as number) - (truths[row] as number))
    total += times
  }
  return gaps.reduce((sum, each) => sum + Math.abs(each), 0) / total
}
