import type { Random } from '@shop/kit/learn/random'

/** How often an item was shown in an exploring slot, and taken up. */
export interface Shown {
  readonly shown: number
  readonly taken: number
}

export interface Explored {
  readonly place: number
  /** True where this slot was given to chance. */
  readonly explored: boolean
  /** The chance with which this very item came to this slot, for judging other policies later. */
  readonly propensity: number
}

export interface Exploring {
  /** The share of lists whose last slots are given to chance (ε). */
  readonly share: number
  readonly slots: number
  readonly seen: (place: number) => Shown
  readonly random: Random
}

/** Draws made to say how likely an item was to win a Thompson slot. */
const rehearsals = 200

/**
 * Keeps the list, but for its last slots in a share of lists: there Thompson sampling (1933;
 * Chapelle and Li, 2011) lets candidates compete by a draw from what is believed of each, so that
 * what was never shown gets its chance and what is not taken up loses it.
 */
export function withExploration(
  list: readonly number[],
  candidates: readonly number[],
  { share, slots, seen, random }: Exploring,
): Explored[] {
  const kept = Math.max(0, list.length - slots)
  const pool = candidates.filter((place) => !list.slice(0, kept).includes(place))
  const exploring = share > 0 && pool.length > 0 && random.next() < share
  const certain = list.slice(0, kept).map((place) => ({ place, explored: false, propensity: 1 }))
  if (!exploring) {
    const rest = list.slice(kept)
    return [...certain, ...rest.map((place) => ({ place, explored: false, propensity: 1 - share }))]
  }
  const won: Explored[] = []
  while (won.length < Math.min(slots, list.length) && pool.length > 0) {
    const place = contest(pool, seen, random)
    const wins = Array.from({ length: rehearsals }, () => contest(pool, seen, random))
    const likely = (wins.filter((other) => other === place).length + 1) / (rehearsals + 1)
    won.push({ place, explored: true, propensity: share * likely })
    pool.splice(pool.indexOf(place), 1)
  }
  return [...certain, ...won]
}

function contest(pool: readonly number[], seen: Exploring['seen'], random: Random): number {
  let [winner, highest] = [pool[0] as number, -1]
  for (const place of pool) {
    const { shown, taken } = seen(place)
    const drawn = beta(1 + taken, 1 + Math.max(0, shown - taken), random)
    if (drawn > highest) [winner, highest] = [place, drawn]
  }
  return winner
}

/** Of the beta distribution, by two gammas. */
function beta(a: number, b: number, random: Random): number {
  const [x, y] = [gamma(a, random), gamma(b, random)]
  return x / (x + y)
}

/** Of the gamma distribution of shape ≥ 1 (Marsaglia and Tsang, 2000). */
function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3
  for (;;) {
    const normal = random.normal()
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3
    if (v <= 0) continue
    if (Math.log(random.next()) < normal ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v
  }
}
