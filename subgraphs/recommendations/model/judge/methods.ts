import type { History } from '../history.ts'
import { type Learned, tastesOf } from '../learned.ts'
import { blendedByScore, topOf } from '../ranking.ts'
import { ownPurchases } from '../repeats.ts'
import { Scores } from '../scores.ts'
import { userToUser } from '../user-to-user.ts'

/** Scores of every item for a shopper, by one method. */
export type Scoring = (history: History) => Float64Array

/** The simple methods and the single ones, to stand beside the blend. */
export function methodsOf(learned: Learned, histories: readonly History[], nowMs: number) {
  const { items, settings } = learned
  const at = { fading: settings.learnedFading, endMs: nowMs }
  const alike = userToUser(tastesOf(histories, items.count, at), 100)
  const scores = (history: History) => new Scores(learned, history, { nowMs })
  return {
    'popular ever': () => learned.popularity.shoppers.slice(),
    'popular lately': () => learned.popularity.lately.slice(),
    'item to item': (history) => scores(history).of('neighbours'),
    'user to user': (history) => alike(scores(history).taste),
    ALS: (history) => scores(history).of('als'),
    EASE: (history) => scores(history).of('ease'),
    'weighted ensemble': (history) => {
      const its = scores(history)
      return blendedByScore([
        { weight: 0.5, scores: its.of('ease') },
        { weight: 0.3, scores: its.of('als') },
        { weight: 0.2, scores: its.of('neighbours') },
      ])
    },
  } satisfies Record<string, Scoring>
}

/** How often a shopper bought what, and what is popular where that does not tell. */
export const ownFrequency =
  ({ popularity }: Learned): Scoring =>
  (history) => {
    const own = ownPurchases(history)
    return popularity.shoppers.map((shoppers, place) => (own.get(place) ?? 0) + shoppers * 1e-6)
  }

/** The ten best of a scoring, by name; without what was bought, unless that may come again. */
export function tenBest(
  learned: Learned,
  scoring: Scoring,
  { repeats }: { repeats: boolean },
): (history: History) => string[] {
  return (history) => {
    const scores = scoring(history)
    if (!repeats) for (const { place } of history) scores[place] = Number.NEGATIVE_INFINITY
    return topOf(scores, 10).map((place) => learned.items.nameOf(place))
  }
}
