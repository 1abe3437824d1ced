import path from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { readModel } from '@shop/kit/learn/model-folder'
import { type Encoder, integers, openSession } from './encoder.ts'

const dimensions = 384
const mostTokens = 256
const mostCharacters = 4_000

/** What the encoder and its tokenizer are called in the folder that `model/pull.ts` fills. */
export const miniLmFiles = { model: 'encoder.onnx', tokenizer: 'tokenizer.json' } as const

/**
 * all-MiniLM-L6-v2, int8: 384 dimensions, the mean over tokens made of length 1. One text a run,
 * because its quantisation looks at the whole batch and a text would get another vector in each.
 * Throws BAD_MODEL where its files are not there or are others.
 */
export async function openMiniLm(folder: string): Promise<Encoder> {
  const files = readModel(folder)
  const session = await openSession(files.bytes(miniLmFiles.model))
  const tokenizer = new Tokenizer(files.json(miniLmFiles.tokenizer), {})
  const idsOf = (text: string) => {
    const { ids } = tokenizer.encode(text.slice(0, mostCharacters).toWellFormed())
    // The last token says that the text ends, and stays.
    return ids.length > mostTokens ? [...ids.slice(0, mostTokens - 1), ids.at(-1) ?? 0] : ids
  }
  const encoded = async (text: string): Promise<Float32Array | null> => {
    const ids = idsOf(text)
    if (ids.length <= 2) return null
    const same = (value: number) =>
      integers(
        ids.map(() => value),
        [1, ids.length],
      )
    const inputs = {
      input_ids: integers(ids, [1, ids.length]),
      attention_mask: same(1),
      token_type_ids: same(0),
    }
    const { last_hidden_state: hidden } = await session.run(inputs)
    return meanOf(hidden?.data as Float32Array, ids.length)
  }
  return {
    name: path.basename(folder),
    dimensions,
    async encode(texts) {
      const vectors: (Float32Array | null)[] = []
      for (const text of texts) vectors.push(await encoded(text))
      return vectors
    },
    [Symbol.asyncDispose]: () => session.release(),
  }
}

function meanOf(hidden: Float32Array, tokens: number): Float32Array {
  const mean = new Float32Array(dimensions)
  for (let at = 0; at < tokens * dimensions; at += 1) {
    mean[at % dimensions] = (mean[at % dimensions] as number) + (hidden[at] as number)
  }
  const length = Math.hypot(...mean)
  return mean.map((value) => value / length)
}
