import path from 'node:path'
import { readModel } from '@shop/kit/learn/model-folder'
import type { Encoder } from './encoder.ts'
import type { Evidence } from './evidence.ts'
import { knowledgeOf } from './knowledge.ts'
import type { LanguageModel } from './language-model.ts'
import { intentsFrom, rankerFrom } from './model-file.ts'
import type { Assistant } from './reply.ts'

export interface Opening {
  /** Where `model/train.ts` left `intents` and `evidence`. */
  readonly folder: string
  readonly encoder: Encoder | undefined
  readonly evidence: readonly Evidence[]
  readonly language?: LanguageModel | undefined
  readonly deadlineMs?: number
}

/** An assistant of trained models. Throws BAD_MODEL where they are not there or not as they were. */
export function openedAssistant({ folder, encoder, evidence, ...rest }: Opening): Assistant {
  const intents = readModel(path.join(folder, 'intents'))
  const { ranker, weights } = rankerFrom(readModel(path.join(folder, 'evidence')))
  return {
    ...rest,
    name: { name: 'assistant', version: intents.manifest.version },
    intents: intentsFrom(intents),
    ranking: { weights, ranker, encoder },
    knowledge: knowledgeOf(evidence),
    clock: { now: () => new Date() },
  }
}
