import { randomFrom } from '@shop/kit/learn/random'
import { type Entry, rowCount, rowOf, type Sparse, transposed } from './sparse.ts'

export interface AlsSettings {
  readonly factors: number
  readonly rounds: number
  readonly penalty: number
  /** How much surer a bought item is than one never seen. */
  readonly certainty: number
  readonly seed: number
}

/** A vector for each item, by place. */
export type Factors = readonly Float64Array[]

/**
 * Implicit alternating least squares (Hu, Koren and Volinsky, 2008), each row solved by three
 * steps of conjugate gradients (Takács, Pilászy and Tikk, 2011). Only items' vectors are kept:
 * a shopper's is solved when asked for, so one that was never seen has one too.
 */
export function learnedFactors(tastes: Sparse, settings: AlsSettings): Factors {
  const random = randomFrom(settings.seed)
  const vector = () => Float64Array.from({ length: settings.factors }, () => random.normal() * 0.1)
  const start = (rows: number): Factors => Array.from({ length: rows }, vector)
  const byItem = transposed(tastes)
  const [shoppers, items] = [start(rowCount(tastes)), start(tastes.columns)]
  for (let round = 0; round < settings.rounds; round += 1) {
    solveAll(tastes, { solved: shoppers, fixed: items }, settings)
    solveAll(byItem, { solved: items, fixed: shoppers }, settings)
  }
  return items
}

/** What of the settings a shopper's vector needs. */
type Solving = Pick<AlsSettings, 'penalty' | 'certainty'>

/** Asks for the vectors of many shoppers: what all items have in common is computed once. */
export function shopperVectors(items: Factors, solving: Solving) {
  const width = items[0]?.length ?? 0
  const common = squared(items, width)
  return (taste: readonly Entry[]): Float64Array => {
    const vector = new Float64Array(width)
    const row = {
      places: Int32Array.from(taste, ([place]) => place),
      values: Float32Array.from(taste, ([, value]) => value),
    }
    solve({ vector, row }, { fixed: items, common }, solving)
    return vector
  }
}

/** The product of a shopper's vector with every item's, in order of place. */
export function scoresOf(items: Factors, vector: Float64Array): Float64Array {
  const scores = new Float64Array(items.length)
  for (const [place, item] of items.entries()) scores[place] = product(vector, item)
  return scores
}

interface Sides {
  solved: Factors
  fixed: Factors
}

function solveAll(rows: Sparse, { solved, fixed }: Sides, solving: Solving): void {
  const common = squared(fixed, solved[0]?.length ?? 0)
  for (let row = 0; row < rowCount(rows); row += 1) {
    solve(
      { vector: solved[row] as Float64Array, row: rowOf(rows, row) },
      { fixed, common },
      solving,
    )
  }
}

interface Asked {
  vector: Float64Array
  row: { places: Int32Array; values: Float32Array }
}

interface Known {
  fixed: Factors
  common: Factors
}

/** Moves the vector towards the solution of (common + Σ c·y·yᵀ + λ) x = Σ (1 + c)·y. */
function solve({ vector, row }: Asked, { fixed, common }: Known, solving: Solving): void {
  const factor = (at: number) => fixed[row.places[at] as number] as Float64Array
  const left = (x: Float64Array): Float64Array => {
    const y = x.map((value, i) => product(common[i] as Float64Array, x) + solving.penalty * value)
    for (let at = 0; at < row.places.length; at += 1) {
      const certainty = solving.certainty * (row.values[at] as number)
      add(y, factor(at), certainty * product(factor(at), x))
    }
    return y
  }
  const residual = left(vector).map((value) => -value)
  for (let at = 0; at < row.places.length; at += 1) {
    add(residual, factor(at), 1 + solving.certainty * (row.values[at] as number))
  }
  conjugateGradients(vector, residual, left)
}

function conjugateGradients(
  x: Float64Array,
  residual: Float64Array,
  left: (x: Float64Array) => Float64Array,
): void {
  let direction = residual.slice()
  let square = product(residual, residual)
  for (let step = 0; step < 3 && square > 1e-20; step += 1) {
    const turned = left(direction)
    const length = square / product(direction, turned)
    add(x, direction, length)
    add(residual, turned, -length)
    const next = product(residual, residual)
    direction = direction.map((value, i) => (residual[i] as number) + (next / square) * value)
    square = next
  }
}

/** Σ y·yᵀ over all vectors y. */
function squared(vectors: Factors, width: number): Factors {
  const square = Array.from({ length: width }, () => new Float64Array(width))
  for (const vector of vectors) {
    for (const [i, row] of square.entries()) add(row, vector, vector[i] as number)
  }
  return square
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function add(into: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < into.length; i += 1) {
    into[i] = (into[i] as number) + times * (what[i] as number)
  }
}
