import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Encoder } from './encoder.ts'
import { openMiniLm } from './mini-lm.ts'
import { openSentenceEncoder } from './sentence-encoder.ts'
import { weightsFolder } from './weights-folder.ts'

const openers = { minilm: openMiniLm, sentence: openSentenceEncoder } as const

/** The better encoder where it was pulled, else the one that is built; nothing where neither is. */
export async function openEncoder(
  names: readonly (keyof typeof openers)[] = ['minilm', 'sentence'],
): Promise<Encoder | undefined> {
  const there = names.find((name) => existsSync(path.join(weightsFolder(name), 'manifest.json')))
  return there && openers[there](weightsFolder(there))
}
