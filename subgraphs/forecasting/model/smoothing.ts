import { minimum } from './minimum.ts'

/** What a fitted smoothing answers: the steps after the last value, and its errors in the past. */
export interface Smoothed {
  readonly ahead: number[]
  /** One-step errors, mean of squares. */
  readonly meanSquare: number
}

interface State {
  alpha: number
  beta: number
  phi: number
  level: number
  slope: number
}

/** Simple exponential smoothing (Brown, 1956), its weight and first level by least squares. */
export const simpleSmoothing = (values: readonly number[], horizon: number) =>
  smoothed(values, horizon, {
    start: [0, 0],
    stateOf: (at) => ({
      alpha: inside(at[0] ?? 0, 0.01, 0.999),
      beta: 0,
      phi: 0,
      level: (values[0] ?? 0) + (at[1] ?? 0) * spreadOf(values),
      slope: 0,
    }),
  })

/** Holt's linear trend (1957). */
export const holtSmoothing = (values: readonly number[], horizon: number) =>
  smoothed(values, horizon, { start: [0, -2, 0, 0], stateOf: trending(values, () => 1) })

/** Damped trend (Gardner and McKenzie, 1985), with the damping between 0.8 and 0.98. */
export const dampedSmoothing = (values: readonly number[], horizon: number) =>
  smoothed(values, horizon, {
    start: [0, -2, 0, 0, 1],
    stateOf: trending(values, (at) => inside(at, 0.8, 0.98)),
  })

function trending(values: readonly number[], phiOf: (at: number) => number) {
  const spread = spreadOf(values)
  const first = firstSlope(values)
  return (at: readonly number[]): State => {
    const alpha = inside(at[0] ?? 0, 0.01, 0.999)
    return {
      alpha,
      beta: inside(at[1] ?? 0, 0.0001, 0.999) * alpha,
      phi: phiOf(at[4] ?? 0),
      level: (values[0] ?? 0) - first + (at[2] ?? 0) * spread,
      slope: first + (at[3] ?? 0) * spread * 0.2,
    }
  }
}

interface Form {
  start: readonly number[]
  stateOf: (at: readonly number[]) => State
}

function smoothed(values: readonly number[], horizon: number, { start, stateOf }: Form): Smoothed {
  const at = minimum((at) => run(values, stateOf(at)), { start, step: start.map(() => 0.5) })
  const state = stateOf(at)
  const meanSquare = run(values, state)
  const ahead: number[] = []
  let [reach, damping] = [0, 1]
  for (let step = 1; step <= horizon; step += 1) {
    damping *= state.phi
    reach += damping
    ahead.push(state.level + reach * state.slope)
  }
  return { ahead, meanSquare }
}

/** Carries the state over all values, and answers the mean square of its one-step errors. */
function run(values: readonly number[], state: State): number {
  const { alpha, beta, phi } = state
  let { level, slope } = state
  let sum = 0
  for (let at = 0; at < values.length; at += 1) {
    const expected = level + phi * slope
    const error = (values[at] as number) - expected
    sum += error * error
    level = expected + alpha * error
    slope = phi * slope + beta * error
  }
  state.level = level
  state.slope = slope
  return sum / values.length
}

/** The logistic curve between two bounds, so that the search is free of them. */
const inside = (at: number, low: number, high: number) => low + (high - low) / (1 + Math.exp(-at))

function spreadOf(values: readonly number[]): number {
  let sum = 0
  for (let at = 1; at < values.length; at += 1) {
    sum += Math.abs((values[at] as number) - (values[at - 1] as number))
  }
  return sum / Math.max(1, values.length - 1) || 1
}

function firstSlope(values: readonly number[]): number {
  const reach = Math.min(5, values.length - 1)
  return reach < 1 ? 0 : ((values[reach] as number) - (values[0] as number)) / reach
}
