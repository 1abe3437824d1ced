import { dayMs, type History } from './history.ts'

export interface Popularity {
  /** By place: how many shoppers ever had it, and how many lately, each faded by its last time. */
  readonly shoppers: Float64Array
  readonly lately: Float64Array
}

/** What everybody bought, the past fading by half in so many days: all that is known of a stranger. */
export function popularityOf(
  histories: Iterable<History>,
  { items, halfLifeDays, nowMs }: { items: number; halfLifeDays: number; nowMs: number },
): Popularity {
  const shoppers = new Float64Array(items)
  const lately = new Float64Array(items)
  for (const history of histories) {
    const last = new Map(history.map(({ place, atMs }) => [place, atMs]))
    for (const [place, atMs] of last) {
      shoppers[place] = (shoppers[place] as number) + 1
      const halvings = Math.max(0, nowMs - atMs) / (halfLifeDays * dayMs)
      lately[place] = (lately[place] as number) + 2 ** -halvings
    }
  }
  return { shoppers, lately }
}

/** How many shoppers are added to each item's, so that one sale makes no trend. */
const doubtful = 5

/** By place: which share of an item's shoppers came lately; near 0 for what is no longer sold. */
export const trendOf = ({ shoppers, lately }: Popularity): Float64Array =>
  lately.map((recent, place) => recent / ((shoppers[place] as number) + doubtful))
