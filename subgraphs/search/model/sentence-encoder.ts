import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Encoder, equallyLong, integers, openSession } from './encoder.ts'
import { sentencePieces, type Vocabulary } from './sentence-pieces.ts'
import { checkedFile } from './weights-folder.ts'

const dimensions = 512

/** Universal Sentence Encoder Lite, as `model/build.ts` rewrote it: 512 dimensions, about 1 ms. */
export async function openSentenceEncoder(folder: string): Promise<Encoder> {
  const session = await openSession(await checkedFile(folder, 'encoder.onnx'))
  const vocabulary = await readFile(await checkedFile(folder, 'vocabulary.json'), 'utf8')
  const piecesOf = sentencePieces(JSON.parse(vocabulary) as Vocabulary)
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
