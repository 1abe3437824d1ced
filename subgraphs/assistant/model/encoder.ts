import { existsSync } from 'node:fs'
import path from 'node:path'
import { readModel } from '@shop/kit/learn/model-folder'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { type PieceList, sentencePieces } from './sentence-pieces.ts'

/** Texts to vectors of length 1; null for a text without words. */
export interface Encoder {
  readonly name: string
  readonly dimensions: number
  encode(texts: readonly string[]): Promise<(Float32Array | null)[]>
}

/** Where `npm run models:build` leaves the sentence encoder, below the state folder. */
export const encoderFolder = (state: string): string => path.join(state, 'models/search/sentence')

const together = 32

/**
 * Universal Sentence Encoder Lite (Cer et al., 2018), as it was rewritten as a graph: 512 numbers.
 * Nothing where it was not built: whoever asks goes on without vectors. Throws BAD_MODEL where its
 * files are others than their manifest says.
 */
export async function openEncoder(folder: string): Promise<Encoder | undefined> {
  if (!existsSync(path.join(folder, 'manifest.json'))) return undefined
  const files = readModel(folder)
  const session = await InferenceSession.create(files.bytes('encoder.onnx'), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  })
  const piecesOf = sentencePieces(files.json<PieceList>('vocabulary.json'))
  const dimensions = 512
  return {
    name: `sentence ${files.manifest.version}`,
    dimensions,
    async encode(texts) {
      const rows = texts.map(piecesOf)
      const vectors: (Float32Array | null)[] = texts.map(() => null)
      for (const places of equallyLong(rows)) {
        const ids = places.flatMap((at) => rows[at] as number[])
        const shape = [places.length, ids.length / places.length]
        const tensor = new Tensor('int64', BigInt64Array.from(ids, BigInt), shape)
        const out = (await session.run({ ids: tensor })).vectors?.data as Float32Array
        for (const [i, at] of places.entries()) {
          vectors[at] = out.slice(i * dimensions, (i + 1) * dimensions)
        }
      }
      return vectors
    },
  }
}

/** The same, keeping every vector: for what asks for the same texts again and again. */
export function remembering(encoder: Encoder): Encoder {
  const known = new Map<string, Float32Array | null>()
  return {
    ...encoder,
    async encode(texts) {
      const fresh = [...new Set(texts)].filter((text) => !known.has(text))
      const vectors = await encoder.encode(fresh)
      for (const [i, text] of fresh.entries()) known.set(text, vectors[i] ?? null)
      return texts.map((text) => known.get(text) ?? null)
    },
  }
}

function equallyLong(rows: readonly (readonly number[])[]): number[][] {
  const byLength = new Map<number, number[]>()
  for (const [at, { length }] of rows.entries()) {
    if (length === 0) continue
    const same = byLength.get(length) ?? []
    byLength.set(length, same)
    same.push(at)
  }
  return [...byLength.values()].flatMap((places) =>
    Array.from({ length: Math.ceil(places.length / together) }, (_, i) =>
      places.slice(i * together, (i + 1) * together),
    ),
  )
}
