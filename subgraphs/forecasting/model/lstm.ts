import { randomFrom } from '@shop/kit/learn/random'
import { adam } from './adam.ts'
import { backward, forward, type Network, traceFor } from './lstm-cell.ts'

export interface Lstm {
  readonly network: Network
  /** How many past values it looks at, and how many it foretells at once. */
  readonly window: number
  readonly horizon: number
}

export interface Training {
  readonly window: number
  readonly horizon: number
  readonly hidden?: number
  readonly rounds?: number
  /** How many windows are drawn from all series for one round. */
  readonly draws?: number
  readonly seed: number
}

/**
 * One small network for all series. A window is divided by its own mean, so that a mug and a pallet
 * teach the same; the loss is absolute, so that what is foretold is the median. The same seed and
 * series give the same weights.
 */
export function trainLstm(series: readonly (readonly number[])[], training: Training): Lstm {
  const { window, horizon, hidden = 12, rounds = 8, draws = 6000, seed } = training
  const random = randomFrom(seed)
  const weights = (size: number, reach: number) =>
    Float64Array.from({ length: size }, () => (random.next() * 2 - 1) * reach)
  const network: Network = {
    inputs: 1,
    hidden,
    outputs: horizon,
    gates: weights(4 * hidden * (hidden + 2), 1 / Math.sqrt(hidden)),
    head: weights(horizon * (hidden + 1), 1 / Math.sqrt(hidden)),
  }
  const able = series.filter((values) => values.length >= window + horizon)
  const model = { network, window, horizon }
  if (able.length === 0) return model
  const steps = adam([network.gates, network.head])
  for (let round = 0; round < rounds; round += 1) {
    const rate = 0.01 * 0.7 ** round
    for (let batch = 0; batch < draws / 32; batch += 1) {
      const windows = Array.from({ length: 32 }, () => {
        const values = able[random.below(able.length)] as readonly number[]
        const from = random.below(values.length - window - horizon + 1)
        return values.slice(from, from + window + horizon)
      })
      steps.take(gradientOf(model, windows), rate)
    }
  }
  return model
}

/** The medians of the next values; never below zero, and zero where the window is empty. */
export function lstmForecast(model: Lstm, values: readonly number[]): number[] {
  const past = padded(values, model.window)
  const scale = scaleOf(past)
  if (scale === 0) return Array.from({ length: model.horizon }, () => 0)
  const trace = traceFor(model.window, model.network.hidden)
  const outputs = forward(
    model.network,
    past.map((value) => Math.log1p(value / scale)),
    trace,
  )
  return Array.from(outputs, (output) => scale * Math.max(0, Math.expm1(Math.min(output, 5))))
}

function gradientOf({ network, window, horizon }: Lstm, windows: readonly (readonly number[])[]) {
  const gradient = {
    gates: new Float64Array(network.gates.length),
    head: new Float64Array(network.head.length),
  }
  for (const values of windows) {
    const scale = scaleOf(values.slice(0, window))
    if (scale === 0) continue
    const sequence = values.slice(0, window).map((value) => Math.log1p(value / scale))
    const trace = traceFor(window, network.hidden)
    const outputs = forward(network, sequence, trace)
    const errors = outputs.map((output, step) => {
      const gap = output - Math.log1p((values[window + step] ?? 0) / scale)
      // Huber's loss (1964): absolute beyond a tenth, smooth within.
      return Math.max(-1, Math.min(1, gap * 10)) / (windows.length * horizon)
    })
    backward(network, { sequence, trace, errors }, gradient)
  }
  return [gradient.gates, gradient.head]
}

const padded = (values: readonly number[], window: number): number[] => {
  const past = values.slice(-window)
  return [...Array.from({ length: window - past.length }, () => past[0] ?? 0), ...past]
}

const scaleOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
