import { existsSync } from 'node:fs'
import path from 'node:path'
import type { ModelFiles } from '@shop/kit/learn/model-folder'
import { readModel, writeModel } from '@shop/kit/learn/model-folder'
import { onnxFile } from '@shop/kit/learn/onnx'
import { sessionOf } from '@shop/kit/learn/session'
import { Tensor } from 'onnxruntime-node'
import type { Path } from './examples.ts'
import type { Space } from './space.ts'
import { spaceGraph } from './space-graph.ts'

/** What a trained space is of, beside its graph. */
export interface Names {
  readonly classes: readonly string[]
  readonly thresholds: readonly number[]
  /** Which network's features it reads. */
  readonly path: Path
}

export interface ClassChance {
  readonly name: string
  /** 0 … 1, calibrated. */
  readonly chance: number
}

export interface Seen {
  /** Of length 1, 128 numbers; comparable within one model alone. */
  readonly vector: Float32Array
  /** The likeliest five, the likeliest first. */
  readonly classes: readonly ClassChance[]
  /** Classes as sure as nine of ten were right with. */
  readonly tags: readonly string[]
}

/** A trained space, served. */
export interface Family extends Names {
  readonly name: string
  readonly version: string
  see(features: Float32Array): Promise<Seen>
}

interface NewFamily {
  readonly name: string
  readonly names: Names
  readonly space: Space
  readonly seed: number
  readonly dataHash: string
  readonly commit: string
  readonly card: string
}

export const familyFolder = (folder: string, name: string, of: Path): string =>
  path.join(folder, 'models', `${name}-${of}`)

/** Writes the space as a model folder; the same space gives the same bytes. */
export function writeFamily(folder: string, { name, names, space, ...rest }: NewFamily) {
  return writeModel(familyFolder(folder, name, names.path), {
    name: `vision-${name}-${names.path}`,
    ...rest,
    schema: [],
    metrics: [],
    contents: { 'space.onnx': onnxFile(spaceGraph(space)), 'names.json': JSON.stringify(names) },
  })
}

/** Undefined where it was never trained. Throws BAD_MODEL where its files are not what they were. */
export async function openFamily(folder: string, name: string, of: Path) {
  const place = familyFolder(folder, name, of)
  return existsSync(place) ? await familyOf(name, readModel(place)) : undefined
}

async function familyOf(name: string, files: ModelFiles): Promise<Family> {
  const session = await sessionOf(files.bytes('space.onnx'))
  const names = files.json<Names>('names.json')
  return {
    ...{ name, version: files.manifest.version },
    ...names,
    async see(features) {
      const input = new Tensor('float32', features, [1, features.length])
      const { vectors, chances } = await session.run({ features: input })
      return {
        vector: vectors?.data as Float32Array,
        ...said(names, chances?.data as Float32Array),
      }
    },
  }
}

function said({ classes, thresholds }: Names, chances: Float32Array) {
  const all = classes.map((name, i) => ({ name, chance: chances[i] ?? 0 }))
  const tags = all.filter(({ chance }, i) => chance >= (thresholds[i] ?? 2))
  return {
    classes: all.toSorted((a, b) => b.chance - a.chance).slice(0, 5),
    tags: tags.map(({ name }) => name),
  }
}
