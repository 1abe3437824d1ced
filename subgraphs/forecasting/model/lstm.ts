import { randomFrom } from '@shop/kit/learn/random'
import { adam } from './adam.ts'
import { backward, forward, type Network, traceFor } from './lstm-cell.ts'
import { meanOf } from './methods.ts'

export interface Lstm {
  readonly network: Network
  /** How many past values it looks at, and how many it foretells at once. */
  readonly window: number
  readonly horizon: number
}

/** What is to be foretold, and what else is known of the same steps: of equal length. */
export interface Channels {
  readonly values: readonly number[]
  readonly beside?: readonly (readonly number[])[]
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
 * One small network for all series. A window is divided by its own mean (or by that of the first
 * channel beside, where there is one: what has no bulk orders in it), so that a mug and a pallet
 * teach the same; the loss is absolute, so that what is foretold is the median. The same seed and
 * series give the same weights.
 */
export function trainLstm(series: readonly Channels[], training: Training): Lstm {
  const { window, horizon, hidden = 12, rounds = 8, draws = 6000, seed } = training
  const random = randomFrom(seed)
  const weights = (size: number, reach: number) =>
    Float64Array.from({ length: size }, () => (random.next() * 2 - 1) * reach)
  const inputs = 1 + (series[0]?.beside?.length ?? 0)
  const network: Network = {
    inputs,
    hidden,
    outputs: horizon,
    gates: weights(4 * hidden * (hidden + inputs + 1), 1 / Math.sqrt(hidden)),
    head: weights(horizon * (hidden + 1), 1 / Math.sqrt(hidden)),
  }
  const able = series.filter(({ values }) => values.length >= window + horizon)
  const model = { network, window, horizon }
  if (able.length === 0) return model
  const steps = adam([network.gates, network.head])
  for (let round = 0; round < rounds; round += 1) {
    const rate = 0.01 * 0.7 ** round
    for (let batch = 0; batch < draws / 32; batch += 1) {
      const windows = Array.from({ length: 32 }, () => {
        const drawn = able[random.below(able.length)] as Channels
        const from = random.below(drawn.values.length - window - horizon + 1)
        const past = cutOf(drawn, from, from + window)
        return { past, next: drawn.values.slice(from + window, from + window + horizon) }
      })
      steps.take(gradientOf(model, windows), rate)
    }
  }
  return model
}

/** The medians of the next values; never below zero, and zero where the window is empty. */
export function lstmForecast(model: Lstm, known: Channels): number[] {
  const past = padded(known, model.window)
  const scale = scaleOf(past)
  if (scale === 0) return Array.from({ length: model.horizon }, () => 0)
  const trace = traceFor(model.window, model.network.hidden)
  const outputs = forward(model.network, sequenceOf(past, scale), trace)
  return Array.from(outputs, (output) => scale * Math.max(0, Math.expm1(Math.min(output, 5))))
}

interface Window {
  past: Channels
  next: readonly number[]
}

function gradientOf({ network, window, horizon }: Lstm, windows: readonly Window[]) {
  const gradient = {
    gates: new Float64Array(network.gates.length),
    head: new Float64Array(network.head.length),
  }
  for (const { past, next } of windows) {
    const scale = scaleOf(past)
    if (scale === 0) continue
    const sequence = sequenceOf(past, scale)
    const trace = traceFor(window, network.hidden)
    const outputs = forward(network, sequence, trace)
    const errors = outputs.map((output, step) => {
      const gap = output - Math.log1p((next[step] ?? 0) / scale)
      // Huber's loss (1964): absolute beyond a tenth, smooth within.
      return Math.max(-1, Math.min(1, gap * 10)) / (windows.length * horizon)
    })
    backward(network, { sequence, trace, errors }, gradient)
  }
  return [gradient.gates, gradient.head]
}

/** Step by step each channel in logarithms of its share: of the scale, or beside of its own mean. */
function sequenceOf({ values, beside = [] }: Channels, scale: number): Float64Array {
  const width = 1 + beside.length
  const sequence = new Float64Array(values.length * width)
  values.forEach((value, step) => {
    sequence[step * width] = Math.log1p(value / scale)
  })
  beside.forEach((channel, at) => {
    const own = meanOf(channel) || 1
    channel.forEach((value, step) => {
      sequence[step * width + 1 + at] = Math.log1p(value / own)
    })
  })
  return sequence
}

const cutOf = ({ values, beside = [] }: Channels, from: number, to: number): Channels => ({
  values: values.slice(from, to),
  beside: beside.map((channel) => channel.slice(from, to)),
})

/** A past that is too short begins earlier with what it began with. */
function padded({ values, beside = [] }: Channels, window: number): Channels {
  const long = (channel: readonly number[]) => {
    const past = channel.slice(-window)
    return [...Array.from({ length: window - past.length }, () => past[0] ?? 0), ...past]
  }
  return { values: long(values), beside: beside.map(long) }
}

const scaleOf = ({ values, beside = [] }: Channels) => meanOf(beside[0] ?? values)
