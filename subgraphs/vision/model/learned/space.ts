import type { Matrix } from '@shop/kit/learn/matrix'
import { softmax } from '@shop/kit/learn/objectives'
import { leadingBasis } from './basis.ts'
import { calibrated } from './calibrated.ts'
import { type Discriminant, discriminant, type Labelled, scoresOf } from './discriminant.ts'
import type { Products } from './products.ts'
import { type Moments, momentsOf, standardised, unitRows } from './rows.ts'

export const vectorSize = 128

/** What is learned from labelled pictures: a place for each picture, and the chances of classes. */
export interface Space {
  readonly moments: Moments
  /** [features, directions]. */
  readonly basis: Matrix
  /** [directions, 128]; the length of a vector is 1 afterwards. */
  readonly metric: Matrix
  readonly head: Discriminant
  readonly temperature: number
  /** The chance from which on a class is said as a tag; above 1 where none is sure enough. */
  readonly thresholds: readonly number[]
}

export interface SpaceSettings {
  readonly seed: number
  readonly directions: number
  readonly shrinkage: number
  /** How much of a vector is what sets no class apart: the look. */
  readonly look: number
}

export const usualSpace = { directions: 512, shrinkage: 0.01, look: 0.25 }

/**
 * Frozen features, standardised and brought to their leading directions; a discriminant on them;
 * and a metric: as many directions as tell classes apart, and of the rest those of the look.
 */
export async function trainedSpace(
  products: Products,
  examples: Labelled,
  settings: SpaceSettings,
): Promise<Space> {
  const moments = momentsOf(examples.rows)
  const standard = standardised(examples.rows, moments)
  const size = Math.min(settings.directions, standard.rows - 1, standard.columns)
  const basis = await leadingBasis(products, standard, { size, seed: settings.seed })
  const rows = await products.times(standard, basis)
  const reduced = { ...examples, rows }
  const head = await discriminant(products, reduced, settings.shrinkage)
  return {
    moments,
    basis,
    head,
    metric: await metricOf(products, { rows, head }, settings),
    ...(await calibrated(products, reduced, settings.shrinkage)),
  }
}

interface Found {
  readonly rows: Matrix
  readonly head: Discriminant
}

async function metricOf(
  products: Products,
  { rows, head }: Found,
  { seed, look }: SpaceSettings,
): Promise<Matrix> {
  const telling = Math.min(head.means.rows - 1, vectorSize, rows.columns)
  const apart = await leadingBasis(products, head.means, { size: telling, seed })
  const [telled, seen] = [
    await products.times(head.whitener, apart),
    await leadingBasis(products, rows, {
      size: Math.min(vectorSize - telling, rows.columns),
      seed,
    }),
  ]
  const parts = await Promise.all(
    [telled, seen].map(async (part, i) => {
      const length = rootMeanLength(await products.times(rows, part))
      return { part, weight: (i === 0 ? 1 : look) / length }
    }),
  )
  return beside(parts)
}

function rootMeanLength({ rows, values }: Matrix): number {
  return Math.sqrt(values.reduce((sum, each) => sum + each * each, 0) / rows) || 1
}

function beside(parts: readonly { part: Matrix; weight: number }[]): Matrix {
  const rows = parts[0]?.part.rows ?? 0
  const values = new Float32Array(rows * vectorSize)
  for (let row = 0; row < rows; row += 1) {
    let at = row * vectorSize
    for (const { part, weight } of parts) {
      const own = part.values.subarray(row * part.columns, (row + 1) * part.columns)
      values.set(
        own.map((each) => each * weight),
        at,
      )
      at += part.columns
    }
  }
  return { rows, columns: vectorSize, values }
}

export interface Placed {
  /** [pictures, 128], each of length 1. */
  readonly vectors: Matrix
  /** [pictures, classes], each adding up to 1. */
  readonly chances: Matrix
}

/** What the ONNX file of the space gives, computed here. */
export async function placed(products: Products, space: Space, features: Matrix): Promise<Placed> {
  const rows = await products.times(standardised(features, space.moments), space.basis)
  const scores = await scoresOf(products, space.head, rows)
  const chances = new Float32Array(scores.values.length)
  for (let at = 0; at < chances.length; at += scores.columns) {
    const own = Float64Array.from(scores.values.subarray(at, at + scores.columns))
    chances.set(softmax(own.map((score) => score / space.temperature)), at)
  }
  return {
    vectors: unitRows(await products.times(rows, space.metric)),
    chances: { ...scores, values: chances },
  }
}
