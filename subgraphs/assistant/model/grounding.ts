import { type Evidence, partsOf } from './evidence.ts'
import { folded, stem, termsOf, wordsOf } from './words.ts'

export interface Sentence {
  readonly text: string
  /** Ids of the evidence it leans on. */
  readonly citations: readonly string[]
}

/** How much of a sentence's words its sources have to have, beside every figure and every name. */
const leastShare = 0.6
const negation = /\b(?:no|not|never|none|without|cannot|isn't|doesn't|don't|can't|won't|nor)\b/
const link =
  /(?:https?:|www\.|javascript:|data:|mailto:|\]\(|<[a-z!/])|\b[a-z0-9-]+\.(?:com|net|org|io|ru|cn|info|biz|xyz|shop|app|dev|co|me|link|top|site|online)\b/i

/**
 * The sentences that stand in what they cite: every figure with its unit's words, every name, most
 * of the other words, and the same yes or no. A citation of what was not retrieved is none; a link
 * never stands. What is left out is not mended.
 */
export const groundedIn = (
  sentences: readonly Sentence[],
  evidence: readonly Evidence[],
): Sentence[] => sentences.filter((sentence) => stands(sentence, evidence))

function stands({ text, citations }: Sentence, evidence: readonly Evidence[]): boolean {
  const cited = evidence.filter(({ id }) => citations.includes(id))
  if (cited.length === 0 || cited.length < new Set(citations).size || link.test(text)) return false
  // One source has to say it all: halves of two facts make a third that nobody said.
  return cited.some((each) => says(each, text))
}

function says(evidence: Evidence, text: string): boolean {
  const { body, heading } = partsOf(evidence)
  const source = `${evidence.title} ${heading} ${body}`
  const words = new Set(wordsOf(source))
  const stems = new Set([...words].map(stem))
  const figures = figuresOf(source)
  if (!figuresOf(text).every((figure) => figures.includes(figure))) return false
  if (!namesOf(text).every((name) => words.has(name) || stems.has(stem(name)))) return false
  if (negation.test(folded(text)) !== negation.test(folded(body))) return false
  const terms = termsOf(text)
  if (terms.length === 0) return false
  return terms.filter((term) => stems.has(term)).length >= leastShare * terms.length
}

/** `1,299.00` and `1299` are the same; numbers written as words count as themselves. */
export function figuresOf(text: string): string[] {
  const digits = (folded(text).match(/\d+(?:[.,:/-]\d+)*/g) ?? []).map((each) =>
    each.replace(/,(?=\d{3}\b)/g, '').replace(/\.0+$/, ''),
  )
  return [...digits, ...wordsOf(text).flatMap((each) => spelled.get(each) ?? [])]
}

const spelled = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((each, i) => [each, String(i + 1)]),
)
for (const [each, figure] of [
  ['fifteen', '15'],
  ['twenty', '20'],
  ['thirty', '30'],
  ['sixty', '60'],
  ['ninety', '90'],
  ['hundred', '100'],
  ['thousand', '1000'],
] as const) {
  spelled.set(each, figure)
}

/** Words with a capital that do not begin a sentence, and any word that mixes letters and digits. */
function namesOf(text: string): string[] {
  const inner = Array.from(
    text.matchAll(/(?<![.!?]\s*|^\s*["“]?)\b(\p{Lu}[\p{L}\p{N}]+)/gu),
    ([, name]) => name,
  )
  const mixed = text.match(/\b(?=\p{L}*\d)(?=\d*\p{L})[\p{L}\d]{3,}\b/gu) ?? []
  return [...inner, ...mixed].flatMap((each) => wordsOf(each ?? ''))
}
