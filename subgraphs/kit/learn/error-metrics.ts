/** What was said of each row, and what it came to. */
export interface Told {
  readonly said: ArrayLike<number>
  readonly truths: ArrayLike<number>
}

const errors = ({ said, truths }: Told) =>
  Float64Array.from(
    { length: truths.length },
    (_, i) => (said[i] as number) - (truths[i] as number),
  )

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)

/** The root of the mean squared error. */
export const rmse = (told: Told): number =>
  Math.sqrt(total(errors(told).map((error) => error * error)) / told.truths.length)

/** The mean absolute error. */
export const mae = (told: Told): number => total(errors(told).map(Math.abs)) / told.truths.length

/** The sum of absolute errors by the sum of absolute truths: 0.5 is half the volume in error. */
export const wape = (told: Told): number =>
  total(errors(told).map(Math.abs)) / total(Float64Array.from(told.truths, Math.abs))

/** In percent, 0 to 200, as the M3 competition has it (Makridakis and Hibon, 2000). */
export function smape({ said, truths }: Told): number {
  let sum = 0
  for (let i = 0; i < truths.length; i += 1) {
    const [a, b] = [said[i] as number, truths[i] as number]
    const scale = Math.abs(a) + Math.abs(b)
    if (scale > 0) sum += (200 * Math.abs(a - b)) / scale
  }
  return sum / truths.length
}

/** The share of variance that is explained; below 0 where the mean would have been better. */
export function r2(told: Told): number {
  const mean = total(Float64Array.from(told.truths)) / told.truths.length
  const around = Float64Array.from(told.truths, (truth) => (truth - mean) ** 2)
  return 1 - total(errors(told).map((error) => error * error)) / total(around)
}
