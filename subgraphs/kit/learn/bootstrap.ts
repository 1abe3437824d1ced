import type { Random } from './random.ts'
import type { Figure } from './report.ts'

/**
 * The mean of these values and its 95 % interval, by the percentile bootstrap (Efron, 1979). A
 * value stands for what was sampled independently: a user, a query, a series; not a row of one.
 */
export function meanWithInterval(values: readonly number[], random: Random): Figure {
  return statisticWithInterval(values, mean, random)
}

/** The same of any statistic, which is asked `rounds` times on samples with replacement. */
export function statisticWithInterval<T>(
  sample: readonly T[],
  statistic: (sample: readonly T[]) => number,
  random: Random,
): Figure {
  const rounds = 1000
  const again = () => sample.map(() => sample[random.below(sample.length)] as T)
  const seen = Array.from({ length: rounds }, () => statistic(again())).sort((a, b) => a - b)
  const at = (share: number) => seen[Math.floor(share * (rounds - 1))] ?? Number.NaN
  return { value: statistic(sample), interval: [at(0.025), at(0.975)] }
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
