import { minimum } from './minimum.ts'
import { simpleSmoothing } from './smoothing.ts'

/**
 * The Theta method (Assimakopoulos and Nikolopoulos, 2000): the mean of the straight line through
 * the values (theta 0) and of simple smoothing of the line with doubled curvature (theta 2). The
 * values have to be without season.
 */
export function theta(values: readonly number[], horizon: number): number[] {
  const { intercept, slope } = lineThrough(values)
  const line = (at: number) => intercept + slope * at
  const curved = values.map((value, at) => 2 * value - line(at))
  return simpleSmoothing(curved, horizon).ahead.map(
    (smooth, step) => (line(values.length + step) + smooth) / 2,
  )
}

/**
 * The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, 2016):
 * the line is fitted anew with each value, and theta, the weight and the first level are searched.
 */
export function dynamicTheta(values: readonly number[], horizon: number): number[] {
  const first = values[0] ?? 0
  const scale = Math.abs(first) || 1
  const parameters = (at: readonly number[]) => ({
    alpha: 0.01 + 0.98 / (1 + Math.exp(-(at[0] ?? 0))),
    theta: 1 + Math.exp(Math.min(4, at[1] ?? 0)),
    level: first + (at[2] ?? 0) * scale,
  })
  const at = minimum((at) => follow(values, 0, parameters(at)).squares, {
    start: [0, 0, -0.5],
    step: [0.7, 0.7, 0.3],
    rounds: 250,
  })
  return follow(values, horizon, parameters(at)).ahead
}

interface Parameters {
  alpha: number
  theta: number
  level: number
}

/** Equations 13 to 17 of the paper; beyond the last value each forecast is taken for true. */
function follow(values: readonly number[], horizon: number, { alpha, theta, level }: Parameters) {
  let [mean, a, b, decay, squares] = [0, values[0] ?? 0, 0, 1, 0]
  const ahead: number[] = []
  for (let at = 0; at < values.length + horizon; at += 1) {
    const expected = level + (1 - 1 / theta) * (decay * a + ((1 - decay * (1 - alpha)) / alpha) * b)
    const value = at < values.length ? (values[at] as number) : expected
    if (at < values.length) squares += at < 3 ? 0 : (value - expected) ** 2
    else ahead.push(expected)
    level = alpha * value + (1 - alpha) * level
    b = slopeAfter(at, b, value - mean)
    mean = (at * mean + value) / (at + 1)
    a = mean - (b * (at + 2)) / 2
    decay *= 1 - alpha
  }
  return { ahead, squares: squares / Math.max(1, values.length) }
}

/** The slope of the line through all values, with one more of them. */
const slopeAfter = (at: number, slope: number, gap: number) =>
  at === 0 ? 0 : ((at - 1) * slope + (6 / (at + 1)) * gap) / (at + 2)

function lineThrough(values: readonly number[]) {
  const n = values.length
  const middle = (n - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  let [across, along] = [0, 0]
  values.forEach((value, at) => {
    across += (at - middle) * (value - mean)
    along += (at - middle) ** 2
  })
  const slope = along === 0 ? 0 : across / along
  return { intercept: mean - slope * middle, slope }
}
