import { BadRows } from '@shop/kit/learn/refusals'

/** What is kept of an arm: enough to go on, and no row of a shopper. */
export interface Arm {
  readonly count: number
  readonly mean: number
  /** The sum of squares around the mean. */
  readonly squares: number
}

export const emptyArm: Arm = { count: 0, mean: 0, squares: 0 }

/** The arm with one more value (Welford, 1962). */
export function seen({ count, mean, squares }: Arm, value: number): Arm {
  if (!Number.isFinite(value)) throw new BadRows('What a visitor brought is no number.')
  const gap = value - mean
  const next = mean + gap / (count + 1)
  return { count: count + 1, mean: next, squares: squares + gap * (value - next) }
}

export interface Verdict {
  /** The chance of evidence like this, at any time one may look, were there no difference. */
  readonly pValue: number
  readonly difference: number
  /** Holds the truth at all times together with the chance of 1 − alpha. */
  readonly interval: readonly [low: number, high: number]
  readonly stop: boolean
}

export interface Test {
  /** Of stopping ever, where there is no difference. */
  readonly alpha: number
  /** A difference that would be worth knowing: where the test is quickest. Above 0. */
  readonly worth: number
  /** Fewer in either arm are no ground to stop: the variance is not known yet. */
  readonly least: number
  /** The lowest p-value before; 1 at first. */
  readonly lowest?: number
}

/**
 * A mixture sequential probability ratio test (Robbins, 1970; Johari, Koomen, Pekelis and Walsh,
 * 2017) of two prices by what a visitor brings: it may be looked at after every visitor. Bots and
 * wholesalers break it, as they break any mean.
 */
export function verdict(control: Arm, variant: Arm, test: Test): Verdict {
  const { alpha, worth, least, lowest = 1 } = test
  if (!(alpha > 0 && alpha < 1 && worth > 0))
    throw new BadRows('Alpha is a chance, and worth above 0.')
  const difference = variant.mean - control.mean
  if (Math.min(control.count, variant.count) < Math.max(2, least)) {
    return { pValue: lowest, difference, interval: [-Infinity, Infinity], stop: false }
  }
  // The variance of the difference of means, and that of the mixture of effects.
  const variance = varianceOf(control) / control.count + varianceOf(variant) / variant.count
  if (variance === 0) {
    return { pValue: lowest, difference, interval: [difference, difference], stop: false }
  }
  const mixture = worth ** 2
  const ratio = Math.log(variance / (variance + mixture)) / 2
  const evidence = ratio + (difference ** 2 * mixture) / (2 * variance * (variance + mixture))
  const pValue = Math.min(lowest, Math.exp(-evidence))
  const reach = Math.sqrt(
    ((-2 * Math.log(alpha) - 2 * ratio) * variance * (variance + mixture)) / mixture,
  )
  return {
    pValue,
    difference,
    interval: [difference - reach, difference + reach],
    stop: pValue <= alpha,
  }
}

const varianceOf = ({ squares, count }: Arm) => squares / (count - 1)
