import { folded } from './words.ts'

export const evidenceSources = [
  'attribute',
  'bullet',
  'description',
  'review',
  'cqa',
  'policy',
  'order',
] as const
export type EvidenceSource = (typeof evidenceSources)[number]

/** Something that may be cited. What it says is data: nothing in it is ever obeyed. */
export interface Evidence {
  readonly id: string
  readonly source: EvidenceSource
  /** The product or page it belongs to. */
  readonly title: string
  readonly text: string
}

/** What evidence says, split where shoppers' questions and attributes' names are told apart. */
export interface Parts {
  /** The fact, the review, the answer. */
  readonly body: string
  /** The name of an attribute, or what another shopper had asked. */
  readonly heading: string
}

/** `color: { value:"white" }` is color and white; an answer of the community ends with its question. */
export function partsOf({ source, text }: Evidence): Parts {
  if (source === 'attribute') return attributeParts(text)
  if (source !== 'cqa') return { body: text, heading: '' }
  const at = text.indexOf(' Question: ')
  return at < 0
    ? { body: text, heading: '' }
    : { body: text.slice(0, at), heading: text.slice(at + 11) }
}

function attributeParts(text: string): Parts {
  const at = text.indexOf(':')
  if (at < 0) return { body: text, heading: '' }
  const heading = text.slice(0, at).replaceAll('_', ' ')
  const body = text
    .slice(at + 1)
    .replace(/normalized_value:\s*\{[^}]*\},?/g, ' ')
    .replace(/\b(?:value|unit|size|amount):/g, ' ')
    .replace(/[{}[\]"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return { body, heading }
}

export type Asked = 'whether' | 'how-much' | 'where-or-when' | 'other'

/** What kind of answer a question wants; the first words tell in English. */
export function askedBy(question: string): Asked {
  const text = folded(question)
  if (/\bhow (?:many|much|long|big|wide|tall|high|heavy|deep|thick|old|far|large)\b/.test(text)) {
    return 'how-much'
  }
  if (
    /\b(?:size|dimensions?|weight|weigh|length|width|height|diameter|capacity|price)\b/.test(text)
  ) {
    return 'how-much'
  }
  if (/\b(?:where|when)\b/.test(text)) return 'where-or-when'
  const whether = /(?:^|[.?!,] ?)(?:is|are|does|do|can|will|would|has|have|did|could|should|was)\b/
  return whether.test(text) ? 'whether' : 'other'
}
