import { scoresOf as factorScores } from './als.ts'
import { nearTaste } from './content.ts'
import { type Fading, type History, tasteOf } from './history.ts'
import type { Blend, Learned } from './learned.ts'
import { blendedByRank, topOf } from './ranking.ts'
import { ownPurchases } from './repeats.ts'
import { addRow, type Entry, type Sparse } from './sparse.ts'

export type Method = keyof Blend | 'content'

/** Of a very long history the last so many occasions count, so that an answer stays quick. */
const longestHistory = 400

/** How many of each method's best meet in the blend. */
const depth = 200

export interface Asked {
  readonly nowMs: number
  /** Of the settings unless told. */
  readonly fading?: Fading
}

/** What each method makes of a history, by place; trends are in it already. */
export class Scores {
  readonly history: History
  readonly taste: readonly Entry[]
  readonly #learned: Learned

  constructor(learned: Learned, history: History, { nowMs, fading }: Asked) {
    this.#learned = learned
    this.history = history.slice(-longestHistory)
    this.taste = tasteOf(this.history, fading ?? learned.settings.askedFading, nowMs)
  }

  of(method: Method): Float64Array {
    if (method === 'content') return nearTaste(this.#learned.content, this.taste)
    if (method === 'popular') return this.#learned.popularity.lately
    if (method === 'als')
      return this.#trended(factorScores(this.#learned.factors, this.#learned.vectorOf(this.taste)))
    return this.#trended(this.#along(this.#learned[method]))
  }

  /** The methods' lists blended by rank. Items that no method has are −Infinity. */
  blended(blend: Blend = this.#learned.settings.blend): Float64Array {
    const methods = Object.entries(blend) as [keyof Blend, number][]
    const lists = methods
      .filter(([, weight]) => weight > 0)
      .map(([method, weight]) => ({ weight, places: positive(this.of(method)) }))
    return blendedByRank(lists, this.#learned.items.count)
  }

  /**
   * For when what was bought may come again: how often it was, on a scale that flattens, by how
   * readily others come back for it, beside what EASE makes of all. Factors from 0.6 to 2 before
   * EASE's were alike; a learned ranking by trees was worse than this on the month after.
   */
  withRepeats(): Float64Array {
    const own = ownPurchases(this.history)
    const { trend, repeats } = this.#learned
    return this.of('ease').map((score, place) => {
      const often = (own.get(place) ?? 0) * (repeats.pull[place] as number)
      return score + Math.log1p(often * (trend[place] as number))
    })
  }

  /** The item of the history that speaks most for this one, if any does. */
  reasonFor(place: number): number | undefined {
    let [best, most] = [undefined as number | undefined, 0]
    for (const [item, weight] of this.taste) {
      const says = weight * weightAt(this.#learned.ease, item, place)
      if (says > most) [best, most] = [item, says]
    }
    return best
  }

  #along(weights: Sparse): Float64Array {
    const scores = new Float64Array(this.#learned.items.count)
    for (const entry of this.taste) addRow(scores, weights, entry)
    return scores
  }

  #trended(scores: Float64Array): Float64Array {
    const { trend } = this.#learned
    return scores.map((score, place) => Math.max(0, score) * (trend[place] as number))
  }
}

const positive = (scores: Float64Array) =>
  topOf(scores, depth).filter((place) => (scores[place] as number) > 0)

function weightAt(weights: Sparse, row: number, column: number): number {
  let [from, to] = [weights.starts[row] as number, weights.starts[row + 1] as number]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((weights.places[middle] as number) < column) from = middle + 1
    else to = middle
  }
  const found = from < (weights.starts[row + 1] as number) && weights.places[from] === column
  return found ? (weights.values[from] as number) : 0
}
