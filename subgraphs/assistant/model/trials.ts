import type { DataSets } from '@shop/kit/learn/data'
import type { Encoder } from './encoder.ts'
import { evidenceRows, vectorsOf } from './evidence-features.ts'
import type { JudgedRows } from './evidence-ranker.ts'
import { outOfScope, type Utterance } from './intents.ts'
import { factual } from './reply.ts'
import { bitextIn, clincIn, type JudgedQuestion, questionsIn } from './sets.ts'
import { type TermWeights, termWeightsOf } from './term-weights.ts'

/** Utterances with their vectors; as they are without an encoder. */
export async function encoded(
  encoder: Encoder | undefined,
  utterances: readonly Utterance[],
): Promise<Utterance[]> {
  const vectors = await encoder?.encode(utterances.map(({ text }) => text))
  return utterances.map((each, i) => ({ ...each, vector: vectors?.[i] }))
}

export const weightsFor = (questions: readonly JudgedQuestion[]): TermWeights =>
  termWeightsOf(questions.flatMap(({ evidence }) => evidence.map(({ text }) => text)))

export interface Judging {
  readonly weights: TermWeights
  readonly encoder: Encoder | undefined
}

export async function judgedRows(
  questions: readonly JudgedQuestion[],
  { weights, encoder }: Judging,
): Promise<JudgedRows[]> {
  const vectors = await vectorsOf(encoder, questions)
  return questions.map((each) => ({
    rows: evidenceRows(each, weights, vectors),
    answers: each.answers,
  }))
}

/** Of CLINC's everyday intents those that a shop has too; the rest is out of a shop's scope. */
const shopToo =
  /order|cancel|shopping|redeem|return|refund|gift|payment|bill|account|password|insurance|card|yes|no|maybe|repeat|greeting|goodbye|thank|help|what_can|who_|are_you|name|whisper|reminder/

/** What the shop's own intents are learned from: support, product questions, and neither. */
export function shopUtterances(data: DataSets): Utterance[] {
  const questions = questionsIn(data).train.map(({ question }) => ({
    text: question,
    intent: factual,
  }))
  const everyday = clincIn(data).train.filter(
    ({ intent }, i) => intent === outOfScope || (!shopToo.test(intent) && i % 20 === 0),
  )
  const none = everyday.map(({ text }) => ({ text, intent: outOfScope }))
  return [...bitextIn(data).train, ...questions, ...none]
}
