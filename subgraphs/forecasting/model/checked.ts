import { BadRows } from '@shop/kit/learn/refusals'

/** A past that can be foretold from, or a refusal: BAD_ROWS where a value is no number from zero. */
export function checkedHistory(values: readonly number[]): readonly number[] {
  const bad = values.findIndex((value) => !Number.isFinite(value) || value < 0 || value > 1e12)
  if (bad >= 0) throw new BadRows(`Value ${bad} of the history is no number from 0 to 1e12.`)
  return values
}

/** How far ahead may be asked: 1 to 365 steps. */
export function checkedHorizon(horizon: number): number {
  if (Number.isInteger(horizon) && horizon >= 1 && horizon <= 365) return horizon
  throw new BadRows('A horizon is a whole number from 1 to 365.')
}

/** Values of any sign that are numbers, or BAD_ROWS. */
export function checkedNumbers(values: readonly number[]): readonly number[] {
  if (values.every(Number.isFinite)) return values
  throw new BadRows('Not every value of the series is a number.')
}
