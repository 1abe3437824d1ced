import type { ModelFiles } from '@shop/kit/learn/model-folder'
import { BadModel } from '@shop/kit/learn/refusals'
import { type Factors, shopperVectors } from './als.ts'
import {
  type CatalogueItem,
  contentOfCatalogue,
  type Learned,
  type LearningSettings,
} from './learned.ts'
import { Names } from './names.ts'
import type { Sparse } from './sparse.ts'

interface Header {
  readonly settings: LearningSettings
  readonly catalogue: readonly CatalogueItem[]
  readonly endMs: number
}

type Numbers = Float64Array | Float32Array | Int32Array

/** The files of a model folder: one of words, and one of raw numbers for each array. */
export function contentsOf(
  model: Learned,
  catalogue: readonly CatalogueItem[],
): Record<string, Uint8Array | string> {
  const { settings, endMs, ease, neighbours, factors, popularity, trend, repeats } = model
  const arrays: Record<string, Numbers> = {
    ...named('ease', ease),
    ...named('neighbours', neighbours),
    factors: Float64Array.from(factors.flatMap((vector) => [...vector])),
    shoppers: popularity.shoppers,
    lately: popularity.lately,
    trend,
    share: repeats.share,
    pull: repeats.pull,
    gaps: repeats.gapDays,
  }
  const header: Header = { settings, endMs, catalogue }
  const files = Object.entries(arrays).map(([name, { buffer, byteOffset, byteLength }]) => [
    `${name}.bin`,
    new Uint8Array(buffer, byteOffset, byteLength),
  ])
  return { ...Object.fromEntries(files), 'learned.json': `${JSON.stringify(header)}\n` }
}

/** Throws BAD_MODEL where the arrays do not fit the catalogue. */
export function learnedFrom(files: ModelFiles): Learned {
  const { settings, endMs, catalogue } = files.json<Header>('learned.json')
  const items = new Names(catalogue.map(({ id }) => id))
  const doubles = (name: string) => new Float64Array(buffer(files, name))
  const factors = vectorsOf(doubles('factors'), settings.als.factors)
  const trend = doubles('trend')
  if (trend.length !== items.count || factors.length !== items.count) {
    throw new BadModel('The numbers are not of this catalogue.')
  }
  return {
    settings,
    items,
    endMs,
    ease: sparse(files, 'ease', items.count),
    neighbours: sparse(files, 'neighbours', items.count),
    factors,
    vectorOf: shopperVectors(factors, settings.als),
    popularity: { shoppers: doubles('shoppers'), lately: doubles('lately') },
    trend,
    repeats: { share: doubles('share'), pull: doubles('pull'), gapDays: doubles('gaps') },
    content: contentOfCatalogue(catalogue, items),
  }
}

const named = (name: string, { starts, places, values }: Sparse): Record<string, Numbers> => ({
  [`${name}-starts`]: starts,
  [`${name}-places`]: places,
  [`${name}-values`]: values,
})

/** A copy, so that numbers stand where their kind may be read. */
const buffer = (files: ModelFiles, name: string): ArrayBuffer =>
  Uint8Array.from(files.bytes(`${name}.bin`)).buffer

const sparse = (files: ModelFiles, name: string, columns: number): Sparse => ({
  columns,
  starts: new Int32Array(buffer(files, `${name}-starts`)),
  places: new Int32Array(buffer(files, `${name}-places`)),
  values: new Float32Array(buffer(files, `${name}-values`)),
})

const vectorsOf = (values: Float64Array, width: number): Factors =>
  Array.from({ length: values.length / width }, (_, at) =>
    values.subarray(at * width, (at + 1) * width),
  )
