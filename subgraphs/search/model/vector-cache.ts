import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sha256 } from '@shop/kit/learn/model-folder'
import type { Encoder } from './encoder.ts'
import { weightsFolder } from './weights-folder.ts'

/** The vectors of texts, made once for the same texts and encoder and then read: a minute saved. */
export async function rememberedVectors(
  encoder: Encoder,
  texts: readonly string[],
): Promise<(Float32Array | null)[]> {
  const file = fileFor(encoder, texts)
  const known = readVectors(file, encoder.dimensions)
  if (known?.length === texts.length) return known
  const made = await encoder.encode(texts)
  writeVectors(file, made, encoder.dimensions)
  return made
}

function fileFor(encoder: Encoder, texts: readonly string[]): string {
  const name = `${encoder.name}-${sha256(texts.join('\n')).slice(0, 24)}.f32`
  return path.join(weightsFolder('vectors'), name)
}

/** A text without a vector is a row of zeros. */
function readVectors(file: string, dimensions: number): (Float32Array | null)[] | undefined {
  try {
    const bytes = readFileSync(file)
    const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
    return Array.from({ length: all.length / dimensions }, (_, at) => {
      const vector = all.slice(at * dimensions, (at + 1) * dimensions)
      return vector.some((value) => value !== 0) ? vector : null
    })
  } catch {
    return undefined
  }
}

function writeVectors(file: string, vectors: (Float32Array | null)[], dimensions: number): void {
  const all = new Float32Array(vectors.length * dimensions)
  vectors.forEach((vector, at) => {
    if (vector) all.set(vector, at * dimensions)
  })
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, all)
  renameSync(`${file}.new`, file)
}
