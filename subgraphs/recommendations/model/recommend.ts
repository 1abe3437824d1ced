import { randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { diversified } from './diversity.ts'
import { type Explored, type Shown, withExploration } from './exploration.ts'
import { type Event, type History, historyOf } from './history.ts'
import type { Learned } from './learned.ts'
import { topOf } from './ranking.ts'
import { tooSoon } from './repeats.ts'
import { Scores } from './scores.ts'

export interface Request {
  /** What the shopper did, or what was done in this visit; in any order. */
  readonly events: readonly Event[]
  readonly nowMs: number
  /** 1 to 100. */
  readonly count: number
  /** Bought items: never again, when their time has come, or freely. RULES unless told. */
  readonly bought?: 'HIDE' | 'RULES' | 'OFFER'
  /** An anonymous visit: what was opened last says most. */
  readonly session?: boolean
  readonly hidden?: ReadonlySet<string>
  /** 1 is by relevance alone; 0.97 unless told: two items much alike are then a few places apart. */
  readonly relevance?: number
  readonly exploring?: Exploration
}

export interface Exploration {
  /** The share of lists whose last slots are given to chance. */
  readonly share: number
  readonly slots: number
  readonly seen: (item: string) => Shown
  /** The same seed explores the same. */
  readonly seed: number
}

export type Reason =
  | { readonly kind: 'BECAUSE_OF'; readonly item: string }
  | { readonly kind: 'BOUGHT_BEFORE' | 'POPULAR' | 'LIKE_YOURS' | 'EXPLORED' }

export interface Recommendation {
  readonly item: string
  readonly reason: Reason
  readonly propensity: number
}

export interface Answer {
  readonly items: readonly Recommendation[]
  /** How much of the answer rests on this shopper: 0 for a stranger, towards 1 with each item. */
  readonly confidence: number
  /** True where events were given and none was on an item that is known: this is a stranger's list. */
  readonly degraded: boolean
}

/** How many of the best compete for diversity and exploration, for each that is shown. */
const pool = 3

/**
 * What to show a shopper: the blend of methods, or what is popular lately to a stranger; varied,
 * without what is hidden or bought too lately. Throws BAD_ROWS for a count or an event that is none.
 */
export function recommended(learned: Learned, request: Request): Answer {
  const { events, nowMs, count } = request
  if (!(Number.isInteger(count) && count >= 1 && count <= 100)) {
    throw new BadRows('The count is not a whole number from 1 to 100.')
  }
  if (!Number.isFinite(nowMs)) throw new BadRows('The time is no number.')
  const history = historyOf(events, learned.items)
  const asked = { nowMs, ...(request.session && { fading: { items: 5 } }) }
  const scores = new Scores(learned, history, asked)
  const list = ranked(learned, request, scores)
  const known = new Set(history.map(({ place }) => place))
  return {
    items: list.map(({ place, explored, propensity }) => ({
      item: learned.items.nameOf(place),
      reason: explored ? { kind: 'EXPLORED' } : reasonFor(place, { learned, scores, known }),
      propensity,
    })),
    confidence: known.size / (known.size + 5),
    degraded: events.length > 0 && known.size === 0,
  }
}

function ranked(learned: Learned, request: Request, scores: Scores): Explored[] {
  const hidden = hiddenPlaces(learned, request, scores.history)
  const visible = (values: Float64Array) => {
    for (const place of hidden) values[place] = Number.NEGATIVE_INFINITY
    return values
  }
  const wanted = request.count * pool
  const best = visible(request.bought === 'OFFER' ? scores.withRepeats() : blend(scores))
  const places = topOf(best, wanted).filter((place) => (best[place] as number) > 0)
  const popular = topOf(visible(learned.popularity.lately.slice()), wanted + places.length)
  const personal = new Set(places)
  const filled = [...places, ...popular.filter((place) => !personal.has(place))].slice(0, wanted)
  const candidates = filled.map((place) => ({ place, score: Math.max(0, best[place] as number) }))
  const relevance = request.relevance ?? 0.97
  const varied = diversified(candidates, {
    alike: learned.neighbours,
    relevance,
    count: request.count,
  })
  return explored(learned, request, {
    list: varied.map(({ place }) => place),
    visible,
    filled,
    scores,
  })
}

const blend = (scores: Scores) => scores.blended()

interface Chosen {
  list: number[]
  filled: number[]
  scores: Scores
  visible: (values: Float64Array) => Float64Array
}

/** Chance may bring what ranked next, or what nobody has bought yet and reads like this taste. */
function explored({ items, popularity }: Learned, { exploring }: Request, chosen: Chosen) {
  const { list, filled, scores, visible } = chosen
  if (!exploring) return list.map((place) => ({ place, explored: false, propensity: 1 }))
  const near = visible(scores.of('content'))
  const unsold = near.map((score, place) => (popularity.shoppers[place] === 0 ? score : -Infinity))
  const { seen, seed, share, slots } = exploring
  return withExploration(list, [...new Set([...filled, ...topOf(unsold, 10)])], {
    share,
    slots,
    seen: (place) => seen(items.nameOf(place)),
    random: randomFrom(seed),
  })
}

function hiddenPlaces(learned: Learned, request: Request, history: History): Set<number> {
  const hidden = [...(request.hidden ?? [])].map((item) => learned.items.placeOf(item) ?? -1)
  const bought = () => {
    if (request.bought === 'OFFER') return []
    if (request.bought === 'HIDE') return history.map(({ place }) => place)
    return tooSoon(learned.repeats, history, request.nowMs)
  }
  return new Set([...hidden, ...bought()].filter((place) => place >= 0))
}

interface Known {
  learned: Learned
  scores: Scores
  known: ReadonlySet<number>
}

function reasonFor(place: number, { learned, scores, known }: Known): Reason {
  if (known.has(place)) return { kind: 'BOUGHT_BEFORE' }
  const item = scores.reasonFor(place)
  if (item !== undefined) return { kind: 'BECAUSE_OF', item: learned.items.nameOf(item) }
  return { kind: (learned.popularity.shoppers[place] ?? 0) > 0 ? 'POPULAR' : 'LIKE_YOURS' }
}
