import type { Stem } from './stems.ts'
import type { Synonyms } from './synonyms.ts'
import { type Token, tokensOf } from './tokens.ts'

/** More words than this are a pasted page: the rest is left out. */
const mostWords = 32

export interface Term {
  readonly text: string
  /** 1 for the shopper's own word, less for what stands in for it. */
  readonly weight: number
}

/** Words of which a document needs one; it counts once, by the best of them. */
export type TermGroup = readonly Term[]

export interface Vocabulary {
  readonly stem: Stem
  readonly synonyms: Synonyms
  /** Whether any document holds this term. */
  readonly holds: (term: string) => boolean
}

/**
 * What to look for: a group for each word typed, with its parts, its synonyms, and the word it
 * makes with its neighbour or splits into (`head set` and `headset`). Words too common to tell
 * anything apart are left out where others are left.
 */
export function termGroupsOf(text: string, vocabulary: Vocabulary): TermGroup[] {
  const tokens = tokensOf(text).slice(0, mostWords)
  const meant = tokens.filter((token) => !tooCommon.has(token.text))
  const kept = meant.length > 0 ? meant : tokens
  const groups = kept.map((token) => ownTerms(token, vocabulary))
  addSynonyms(kept, groups, vocabulary)
  addCompounds(kept, groups, vocabulary)
  return groups.map(withoutDoubles)
}

export const tooCommon = new Set(
  'a an and are as at be by can do for from get has have how i in is it me my need of on or our some that the this to want we what which with you your'.split(
    ' ',
  ),
)

function ownTerms({ text, parts }: Token, { stem }: Vocabulary): Term[] {
  return [
    { text: stem(text), weight: 1 },
    ...parts.map((part) => ({ text: stem(part), weight: parts.length > 2 ? 0.4 : 0.6 })),
  ]
}

/** A synonym of several words fills the groups it stands for word by word; more are left out. */
function addSynonyms(tokens: readonly Token[], groups: Term[][], vocabulary: Vocabulary): void {
  const { stem, synonyms } = vocabulary
  for (const { from, to, words } of synonyms(tokens.map(({ text }) => text))) {
    const weight = words.length === 1 && to - from === 1 ? 0.8 : 0.5
    for (let at = from; at < to; at += 1) {
      const own = words.length === 1 ? words : words.slice(at - from, at - from + 1)
      groups[at]?.push(...own.map((word) => ({ text: stem(word), weight })))
    }
  }
}

function addCompounds(tokens: readonly Token[], groups: Term[][], vocabulary: Vocabulary): void {
  const { stem, holds } = vocabulary
  tokens.forEach(({ text }, at) => {
    const next = tokens[at + 1]
    const joined = next && stem(text + next.text)
    if (joined && joined.length >= 5 && holds(joined)) {
      groups[at]?.push({ text: joined, weight: 0.9 })
      groups[at + 1]?.push({ text: joined, weight: 0.9 })
    }
    for (const part of splitOf(text, vocabulary)) groups[at]?.push({ text: part, weight: 0.4 })
  })
}

/** The two words an unknown one is made of, where the catalogue has both. */
function splitOf(text: string, { stem, holds }: Vocabulary): string[] {
  if (text.length < 6 || holds(stem(text)) || /\d/.test(text)) return []
  for (let at = 3; at <= text.length - 3; at += 1) {
    const parts = [stem(text.slice(0, at)), stem(text.slice(at))]
    if (parts.every(holds)) return parts
  }
  return []
}

function withoutDoubles(group: readonly Term[]): Term[] {
  const best = new Map<string, number>()
  for (const { text, weight } of group) best.set(text, Math.max(weight, best.get(text) ?? 0))
  return Array.from(best, ([text, weight]) => ({ text, weight }))
}
