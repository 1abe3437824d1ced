import {
  type Answer,
  type Asking,
  answered,
  type ModelName,
  type Said,
} from '@shop/kit/learn/answer'
import { BadModel, BadText } from '@shop/kit/learn/refusals'
import type { Evidence } from './evidence.ts'
import { extractFrom } from './extract.ts'
import { groundedIn, type Sentence } from './grounding.ts'
import { type Heard, heardBy, type IntentModel } from './intents.ts'
import { type Knowledge, type Ranking, ranked, retrieved } from './knowledge.ts'
import type { LanguageModel } from './language-model.ts'
import { type Product, slotsIn } from './slots.ts'
import { type Proposal, proposedFor } from './tools.ts'
import { wordsOf } from './words.ts'

export interface Assistant {
  readonly name: ModelName
  /** Nothing where no model could be opened: a person answers. */
  readonly intents: IntentModel | undefined
  readonly ranking: Ranking | undefined
  readonly knowledge: Knowledge
  readonly language?: LanguageModel | undefined
  readonly clock: Asking<Reply>['clock']
  readonly deadlineMs?: number
}

export interface Message {
  readonly text: string
  /** Products on the page or in the cart, by which a name is known. */
  readonly products?: readonly Product[]
  /** What the shopper's own calls brought: it can be cited, by this shopper alone. */
  readonly facts?: readonly Evidence[]
}

export type Reply =
  | { readonly kind: 'Answered'; readonly sentences: readonly Sentence[]; readonly by: Wording }
  | { readonly kind: 'Proposed'; readonly proposal: Proposal }
  | { readonly kind: 'HandedOver'; readonly because: HandOver }

type Wording = 'quotation' | 'language-model'
type HandOver = 'OUT_OF_SCOPE' | 'NO_EVIDENCE' | 'ASKED_FOR_A_PERSON' | 'NO_MODEL'

/** The intent of questions of facts, beside those of the shop's own business. */
export const factual = 'product_facts'
const people = new Set(['contact_human_agent', 'complaint', 'contact_customer_service'])
const mostCharacters = 100_000
/** Where the chance that the best evidence helps is below it, a person answers. */
const leastHelp = 0.5
const leastIntent = 0.5

/**
 * An answer with its sources, a call to propose, or a person. Throws BAD_TEXT for what has no
 * words or no end. Tools come from the message's own words before any text is retrieved.
 */
export async function replyTo(assistant: Assistant, message: Message): Promise<Answer<Reply>> {
  if (message.text.length > mostCharacters) throw new BadText('The message is too long.')
  if (wordsOf(message.text).length === 0) throw new BadText('The message has no words.')
  const { name, clock, deadlineMs = 150 } = assistant
  return answered<Reply>({
    model: name,
    clock,
    deadlineMs,
    compute: () => considered(assistant, message),
    fallback: () => handedOver('NO_MODEL', 0, 'The model did not answer.'),
  })
}

async function considered(assistant: Assistant, message: Message): Promise<Said<Reply>> {
  const { intents, ranking } = assistant
  // The shopper's own call was made for this message: it is read, not heard again.
  if (message.facts?.length) return quoted(assistant, message, message.facts)
  if (!intents) throw new BadModel('There is no model of intents.')
  const encoder = intents.dimensions > 0 ? ranking?.encoder : undefined
  const vector = (await encoder?.encode([message.text]))?.[0]
  const heard = heardBy(intents, { text: message.text, vector })
  const said = `It was heard as ${heard.intent}.`
  if (!heard.inScope) return handedOver('OUT_OF_SCOPE', 1 - heard.chance, said)
  if (people.has(heard.intent)) return handedOver('ASKED_FOR_A_PERSON', heard.chance, said)
  if (heard.chance < leastIntent && heard.intent !== factual) {
    return handedOver('OUT_OF_SCOPE', 1 - heard.chance, said)
  }
  return proposedOrQuoted(assistant, message, heard)
}

async function proposedOrQuoted(assistant: Assistant, message: Message, heard: Heard) {
  const reasons = [`It was heard as ${heard.intent}.`]
  const proposal = proposedFor(heard.intent, slotsIn(message.text, message.products))
  if (!proposal) return quoted(assistant, message, retrieved(assistant.knowledge, message.text))
  return { value: { kind: 'Proposed', proposal }, confidence: heard.chance, reasons } as const
}

/** From what everybody may read the best has to be likely to help; the shopper's own facts do. */
async function quoted(
  { ranking, language }: Assistant,
  { text, facts = [] }: Message,
  candidates: readonly Evidence[],
): Promise<Said<Reply>> {
  if (!ranking) throw new BadModel('There is no model of evidence.')
  const own = facts.length > 0
  const [best, ...others] = await ranked(ranking, text, candidates)
  if (!best || (!own && best.chance < leastHelp)) {
    return handedOver('NO_EVIDENCE', 1 - (best?.chance ?? 0), 'Nothing that is known answers it.')
  }
  const quotation = extractFrom(text, best.evidence, ranking.weights)
  if (!quotation) return handedOver('NO_EVIDENCE', 0.5, 'The source could not be quoted.')
  const sources = [best, ...others].slice(0, 5).map(({ evidence }) => evidence)
  // What is the shopper's own is not sent to another's model.
  const sentences = own ? [] : await wordedBy(language, text, sources)
  return {
    value:
      sentences.length > 0
        ? { kind: 'Answered', sentences, by: 'language-model' }
        : { kind: 'Answered', sentences: [quotation], by: 'quotation' },
    confidence: best.chance,
    reasons: [`Cited: ${best.evidence.id}.`],
  }
}

/** All its sentences, or none where one of them has no source: a half may say what the whole did not. */
async function wordedBy(
  language: LanguageModel | undefined,
  question: string,
  sources: readonly Evidence[],
): Promise<readonly Sentence[]> {
  const worded = (await language?.worded(question, sources)) ?? []
  const grounded = groundedIn(worded, sources)
  return grounded.length === worded.length ? grounded : []
}

const handedOver = (because: HandOver, confidence: number, reason: string): Said<Reply> => ({
  value: { kind: 'HandedOver', because },
  confidence: Math.min(1, Math.max(0, confidence)),
  reasons: [reason],
})
