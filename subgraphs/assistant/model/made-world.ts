import type { Evidence } from './evidence.ts'
import { learnedRanker } from './evidence-ranker.ts'
import { learnedIntents, outOfScope, type Utterance } from './intents.ts'
import { knowledgeOf } from './knowledge.ts'
import type { LanguageModel } from './language-model.ts'
import { type Assistant, factual } from './reply.ts'
import type { JudgedQuestion } from './sets.ts'
import { judgedRows, weightsFor } from './trials.ts'

/** Sentences of our own by intent: small, but enough to tell its intents apart. */
const asked: Readonly<Record<string, { starts: readonly string[]; ends: readonly string[] }>> = {
  track_order: {
    starts: ['where is', 'track', 'when will I get', 'what is the status of', 'has it shipped,'],
    ends: ['my order', 'my package', 'order 10023', 'the order I placed', 'my parcel'],
  },
  cancel_order: {
    starts: ['cancel', 'please cancel', 'I want to cancel', 'stop', 'I no longer need'],
    ends: ['my order', 'order 10044', 'the purchase I made', 'my last order', 'that order'],
  },
  contact_human_agent: {
    starts: ['let me talk to', 'I want to speak with', 'connect me to', 'get me', 'I need'],
    ends: ['a person', 'a human agent', 'somebody real', 'an operator', 'your staff'],
  },
  [factual]: {
    starts: ['does this mug', 'is this lamp', 'how heavy is', 'what colour is', 'can this kettle'],
    ends: ['go in the dishwasher?', 'made of steel?', 'this lamp?', 'it?', 'hold two litres?'],
  },
  [outOfScope]: {
    starts: [
      'who won',
      'write a poem about',
      'what is the capital of',
      'tell me a joke on',
      'solve',
    ],
    ends: ['the election', 'the ocean', 'france', 'politicians', 'this equation'],
  },
}

export const madeUtterances = (): Utterance[] =>
  Object.entries(asked).flatMap(([intent, { starts, ends }]) =>
    starts.flatMap((start) => ends.map((end) => ({ intent, text: `${start} ${end}` }))),
  )

const facts = [
  ['weight', 'weighs 900 grams', 'how heavy is the'],
  ['colour', 'comes in dark blue', 'what colour is the'],
  ['material', 'is made of brushed steel', 'what material is the'],
  ['volume', 'holds 2 litres of water', 'how many litres of water holds the'],
  ['care', 'may go in the dishwasher', 'may this go in the dishwasher, the'],
  ['warranty', 'has a warranty of 24 months', 'how long is the warranty of the'],
] as const

const things = ['mug', 'lamp', 'kettle', 'pan', 'clock', 'chair', 'desk', 'torch'] as const

export const madeEvidence = (): Evidence[] =>
  things.flatMap((thing) =>
    facts.map(
      ([name, says]): Evidence => ({
        id: `${thing}-${name}`,
        source: 'description',
        title: `The ${thing}`,
        text: `The ${thing} ${says}.`,
      }),
    ),
  )

export function madeQuestions(): JudgedQuestion[] {
  const evidence = madeEvidence()
  return things.flatMap((thing) =>
    facts.map(([name, , question]) => {
      const own = evidence.filter(({ title }) => title === `The ${thing}`)
      return {
        question: `${question} ${thing}?`,
        evidence: own,
        answers: own.map(({ id }) => (id === `${thing}-${name}` ? 2 : 0)),
      }
    }),
  )
}

/** A whole assistant of made sentences, in about a second. */
export async function madeAssistant(
  more: readonly Evidence[] = [],
  language?: LanguageModel,
): Promise<Assistant> {
  const questions = madeQuestions()
  const weights = weightsFor(questions)
  const utterances = [
    ...madeUtterances(),
    ...questions.map(({ question }) => ({ text: question, intent: factual })),
  ]
  return {
    name: { name: 'assistant', version: 'made' },
    intents: learnedIntents(utterances),
    ranking: {
      weights,
      encoder: undefined,
      ranker: learnedRanker(await judgedRows(questions, { weights, encoder: undefined })),
    },
    knowledge: knowledgeOf([...madeEvidence(), ...more]),
    language,
    clock: { now: () => new Date() },
    deadlineMs: 3_000,
  }
}
