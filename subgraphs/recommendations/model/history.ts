import { BadRows } from '@shop/kit/learn/refusals'
import type { Names } from './names.ts'
import type { Entry } from './sparse.ts'

/** A shopper bought, rated or opened an item. */
export interface Event {
  readonly item: string
  readonly atMs: number
  /** How much it says of the shopper's taste, above 0; 1 where it is not told. */
  readonly weight?: number
}

export interface Interaction extends Event {
  readonly shopper: string
}

/** An event on an item the model knows, by its place. */
export interface Occasion {
  readonly place: number
  readonly atMs: number
  readonly weight: number
}

/** Oldest first; an item once at one moment, as the lines of one order share theirs. */
export type History = readonly Occasion[]

/** How fast the past fades: half of its weight in so many days, in so many items since, or both. */
export interface Fading {
  readonly days?: number
  readonly items?: number
}

export const dayMs = 86_400_000

/** Events on items that are not known are passed over. Throws BAD_ROWS where one is no number. */
export function historyOf(events: readonly Event[], items: Names): History {
  const seen = new Set<string>()
  const occasions: Occasion[] = []
  for (const { item, atMs, weight = 1 } of events) {
    check(item, atMs, weight)
    const place = items.placeOf(item)
    const key = `${place} ${atMs}`
    if (place === undefined || seen.has(key)) continue
    seen.add(key)
    occasions.push({ place, atMs, weight })
  }
  return occasions.sort((a, b) => a.atMs - b.atMs)
}

function check(item: unknown, atMs: unknown, weight: unknown): void {
  if (typeof item !== 'string') throw new BadRows('An event names no item.')
  if (!Number.isFinite(atMs)) throw new BadRows(`An event on ${item.slice(0, 40)} has no time.`)
  if (!(Number.isFinite(weight) && (weight as number) > 0)) {
    throw new BadRows(`An event on ${item.slice(0, 40)} has no weight above 0.`)
  }
}

/** The histories of all who are named, in the order of their first line. */
export function historiesOf(
  interactions: readonly Interaction[],
  items: Names,
): ReadonlyMap<string, History> {
  const events = Map.groupBy(interactions, ({ shopper }) => shopper)
  return new Map([...events].map(([shopper, theirs]) => [shopper, historyOf(theirs, items)]))
}

/** The same, at least as late as the last thing that happened in it. */
export const endOf = (histories: Iterable<History>): number =>
  [...histories].reduce((end, history) => Math.max(end, history.at(-1)?.atMs ?? 0), 0)

/** What a history says of taste: each item once, by its last occasion, in order of place. */
export function tasteOf(history: History, fading: Fading, nowMs: number): Entry[] {
  const last = new Map<number, number>()
  let since = 0
  for (const { place, atMs, weight } of history.toReversed()) {
    if (last.has(place)) continue
    const ageDays = Math.max(0, nowMs - atMs) / dayMs
    const halvings = ageDays / (fading.days ?? Infinity) + since / (fading.items ?? Infinity)
    last.set(place, weight * 2 ** -halvings)
    since += 1
  }
  return [...last].sort(([a], [b]) => a - b)
}
