import type { Random } from '@shop/kit/learn/random'
import type { Spelling } from './spelling.ts'
import type { Phrase, Suggestions } from './suggestions.ts'
import { mistyped } from './typos.ts'

/** Words that shoppers could mean: plain, five letters or more, on twenty products or more. */
export const wordsToMistype = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts]
    .filter(([word, count]) => /^\p{L}{5,}$/u.test(word) && count >= 20)
    .map(([word]) => word)

interface Trial {
  readonly words: readonly string[]
  readonly counts: ReadonlyMap<string, number>
  readonly slips: number
  readonly trials: number
}

/** 1 where the first suggestion is the word that was meant, else 0; slips into other words aside. */
export function recoveries(spelling: Spelling, trial: Trial, random: Random): number[] {
  const { words, counts, slips, trials } = trial
  const outcomes: number[] = []
  while (outcomes.length < trials) {
    const word = words[random.below(words.length)] as string
    const typed = mistyped(word, slips, random)
    if (counts.has(typed)) continue
    outcomes.push(Number(spelling.suggestions(typed)[0] === word))
  }
  return outcomes
}

/** Phrases drawn as often as they are popular, typed by half: 1 by the rank of the phrase, or 0. */
export function reciprocalRanks(
  suggestions: { complete: Suggestions['complete'] },
  phrases: readonly Phrase[],
  random: Random,
): number[] {
  let total = 0
  const upTo = phrases.map(({ popularity }) => {
    total += popularity
    return total
  })
  return Array.from({ length: 2000 }, () => {
    const drawn = random.next() * total
    const phrase = phrases[upTo.findIndex((sum) => sum > drawn)]
    return phrase ? reciprocalRank(suggestions, phrase.text) : 0
  })
}

/** Of one phrase of which half is typed. */
export function reciprocalRank(
  suggestions: { complete: Suggestions['complete'] },
  text: string,
): number {
  const shown = suggestions.complete(text.slice(0, Math.ceil(text.length / 2)))
  const rank = shown.indexOf(text)
  return rank < 0 ? 0 : 1 / (rank + 1)
}
