import { BadRows } from './refusals.ts'

/**
 * Half the width of an interval around a prediction that covers a new truth with this chance, on
 * average over rows that could be swapped with the held-back ones: split conformal prediction
 * (Lei et al., 2018). Infinite where there are too few held-back errors to promise that much.
 */
export function conformalRadius(errors: ArrayLike<number>, coverage: number): number {
  if (errors.length === 0) throw new BadRows('There are no errors to learn a radius from.')
  const sizes = Float64Array.from(errors, Math.abs).sort()
  const place = Math.ceil((sizes.length + 1) * coverage)
  return place > sizes.length ? Infinity : (sizes[place - 1] as number)
}

/**
 * By how much a pair of quantile predictions is to be widened at both ends, or narrowed where the
 * answer is negative: conformalized quantile regression (Romano, Patterson and Candès, 2019).
 */
export function conformalWidening(
  quantiles: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> },
  truths: ArrayLike<number>,
  coverage: number,
): number {
  if (truths.length === 0) throw new BadRows('There are no errors to learn a radius from.')
  const outside = Float64Array.from(truths, (truth, i) =>
    Math.max((quantiles.low[i] as number) - truth, truth - (quantiles.high[i] as number)),
  ).sort()
  const place = Math.ceil((outside.length + 1) * coverage)
  return place > outside.length ? Infinity : (outside[place - 1] as number)
}

/** The share of truths within their intervals, ends included. */
export function covered(
  intervals: readonly (readonly [low: number, high: number])[],
  truths: ArrayLike<number>,
): number {
  const inside = intervals.filter(([low, high], i) => {
    const truth = truths[i] as number
    return low <= truth && truth <= high
  })
  return inside.length / intervals.length
}
