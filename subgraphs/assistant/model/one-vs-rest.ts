import type { Classed, LogisticModel } from '@shop/kit/learn/logistic-regression'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import type { Sparse } from '@shop/kit/learn/sparse'

export interface MarginSettings {
  /** How much a row on the wrong side costs, beside half the sum of squared weights. */
  readonly cost: number
  readonly rounds: number
  readonly tolerance: number
  readonly seed: number
}

interface Walk {
  readonly features: Sparse
  /** 1 for the class, -1 for the rest. */
  readonly signs: Int8Array
  readonly curves: Float64Array
  readonly settings: MarginSettings
  readonly random: Random
}

/**
 * One line for each class against all others, by the squared hinge loss and dual coordinate descent
 * with shrinking (Hsieh et al., 2008). The result has the shape of a logistic model: its scores are
 * margins, and become chances by a temperature. It scales to many classes, since
 * most rows are soon sure not to be of a class.
 */
export function marginModel(
  { features, targets, classes }: Classed,
  { cost = 1, rounds = 8, tolerance = 0.1, seed = 1 }: Partial<MarginSettings> = {},
): LogisticModel {
  const { rows, columns, starts, values } = features
  if (rows === 0) throw new BadRows('There are no rows to learn from.')
  if (targets.length !== rows) throw new BadRows('There is not one target a row.')
  const settings = { cost, rounds, tolerance, seed }
  const curves = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 1 + 1 / (2 * cost)
    for (let i = starts[row] as number; i < (starts[row + 1] as number); i += 1) {
      sum += (values[i] as number) ** 2
    }
    return sum
  })
  const random = randomFrom(seed)
  const weights = new Float64Array((columns + 1) * classes)
  for (let each = 0; each < classes; each += 1) {
    const signs = Int8Array.from({ length: rows }, (_, row) => (targets[row] === each ? 1 : -1))
    const line = lineOf({ features, signs, curves, settings, random })
    for (let column = 0; column <= columns; column += 1) {
      weights[column * classes + each] = Math.fround(line[column] as number)
    }
  }
  return { columns, classes, weights }
}

/** The last weight is the intercept. */
function lineOf(walk: Walk): Float64Array {
  const { features, settings, random } = walk
  const line = new Float64Array(features.columns + 1)
  const duals = new Float64Array(features.rows)
  let active = Array.from(duals, (_, row) => row)
  let limit = Infinity
  for (let round = 0; round < settings.rounds; round += 1) {
    const { left, steepest } = pass(walk, { line, duals, limit, order: random.shuffled(active) })
    if (steepest < settings.tolerance) break
    active = left
    limit = steepest
  }
  return line
}

interface Pass {
  readonly line: Float64Array
  readonly duals: Float64Array
  readonly limit: number
  readonly order: readonly number[]
}

function pass({ features, signs, curves, settings }: Walk, { line, duals, limit, order }: Pass) {
  const softness = 1 / (2 * settings.cost)
  const left: number[] = []
  let steepest = 0
  for (const row of order) {
    const dual = duals[row] as number
    const sign = signs[row] as number
    const slope = sign * marginOf(line, features, row) - 1 + softness * dual
    // A row that is safely on its side says nothing of this class any more.
    if (dual === 0 && slope > limit) continue
    left.push(row)
    const step = dual === 0 ? Math.min(slope, 0) : slope
    steepest = Math.max(steepest, Math.abs(step))
    if (Math.abs(step) < 1e-10) continue
    const next = Math.max(0, dual - slope / (curves[row] as number))
    duals[row] = next
    move(line, features, { row, by: (next - dual) * sign })
  }
  return { left, steepest }
}

function marginOf(line: Float64Array, features: Sparse, row: number): number {
  const { starts, places, values, columns } = features
  const end = starts[row + 1] as number
  let sum = line[columns] as number
  for (let i = starts[row] as number; i < end; i += 1) {
    sum += (values[i] as number) * (line[places[i] as number] as number)
  }
  return sum
}

function move(line: Float64Array, features: Sparse, { row, by }: { row: number; by: number }) {
  const { starts, places, values, columns } = features
  const end = starts[row + 1] as number
  for (let i = starts[row] as number; i < end; i += 1) {
    const place = places[i] as number
    line[place] = (line[place] as number) + by * (values[i] as number)
  }
  line[columns] = (line[columns] as number) + by
}
