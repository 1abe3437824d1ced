import { commands } from './commands.ts'
import { type Evidence, partsOf } from './evidence.ts'
import type { Sentence } from './grounding.ts'
import { coverage, type TermWeights } from './term-weights.ts'
import { termsOf } from './words.ts'

const longest = 400
/** The sentence of the evidence that has most of the question, as it stands there, and its citation. */
export function extractFrom(
  question: string,
  evidence: Evidence,
  weights: TermWeights,
): Sentence | undefined {
  const { body, heading } = partsOf(evidence)
  const asked = termsOf(question)
  const best = sentencesOf(body)
    .filter((each) => !commands(each))
    .map((each) => ({ each, score: coverage(weights, asked, termsOf(each)) }))
    .sort((a, b) => b.score - a.score)[0]
  if (!best || commands(heading)) return undefined
  const text = evidence.source === 'attribute' ? `${heading}: ${best.each}` : best.each
  return { text, citations: [evidence.id] }
}

const sentencesOf = (text: string): string[] =>
  text
    .slice(0, 4_000)
    .split(/(?<=[.!?])\s+|\n+/)
    .map((each) => each.trim().slice(0, longest))
    .filter((each) => /[\p{L}\p{N}]/u.test(each))
