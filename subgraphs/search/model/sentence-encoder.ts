import path from 'node:path'
import { readModel } from '@shop/kit/learn/model-folder'
import { type Encoder, equallyLong, integers, openSession } from './encoder.ts'
import { sentencePieces, type Vocabulary } from './sentence-pieces.ts'

const dimensions = 512

export const sentenceFiles = { graph: 'encoder.onnx', vocabulary: 'vocabulary.json' } as const

/**
 * Universal Sentence Encoder Lite, as `model/build.ts` rewrote it: 512 dimensions, about 1 ms.
 * Throws BAD_MODEL where its files are not there or are others.
 */
export async function openSentenceEncoder(folder: string): Promise<Encoder> {
  const files = readModel(folder)
  const session = await openSession(files.bytes(sentenceFiles.graph))
  const piecesOf = sentencePieces(files.json<Vocabulary>(sentenceFiles.vocabulary))
  return {
    name: path.basename(folder),
    dimensions,
    async encode(texts) {
      const rows = texts.map(piecesOf)
      const vectors: (Float32Array | null)[] = texts.map(() => null)
      for (const places of equallyLong(rows, 32)) {
        const ids = places.flatMap((at) => rows[at] as number[])
        const shape = [places.length, ids.length / places.length]
        const { vectors: out } = await session.run({ ids: integers(ids, shape) })
        const values = out?.data as Float32Array
        places.forEach((at, i) => {
          vectors[at] = values.slice(i * dimensions, (i + 1) * dimensions)
        })
      }
      return vectors
    },
    [Symbol.asyncDispose]: () => session.release(),
  }
}
