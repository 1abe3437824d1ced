import { dayMs, type History } from './history.ts'

/** What is known of how often an item is bought again, by place. */
export interface Repeats {
  /** Which share of an item's shoppers came back for it, drawn towards that of all items. */
  readonly share: Float64Array
  /** The same by `share` of all items, flattened: what having bought it says of buying it again. */
  readonly pull: Float64Array
  /** Days between two purchases by one shopper: the median; NaN where nobody came back. */
  readonly gapDays: Float64Array
}

/** ONCE: bought, it is not offered again. AGAIN: when about its usual time has passed. */
export type RepeatRule = 'ONCE' | 'AGAIN'

/** Shoppers as doubtful as the share of all items are added to each item's own. */
const doubtful = 5
/** Of 0 to 1.2 the best on four months of online-retail, each learned from what was before it. */
const pullPower = 0.6

export function repeatsOf(histories: Iterable<History>, items: number): Repeats {
  const shoppers = new Float64Array(items)
  const again = new Float64Array(items)
  const gaps: number[][] = Array.from({ length: items }, () => [])
  for (const history of histories) {
    for (const [place, times] of timesOf(history)) {
      shoppers[place] = (shoppers[place] as number) + 1
      if (times.length > 1) again[place] = (again[place] as number) + 1
      for (const [i, time] of times.slice(1).entries()) {
        gaps[place]?.push((time - (times[i] as number)) / dayMs)
      }
    }
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)
  const usual = sum(again) / (sum(shoppers) || 1)
  const share = again.map(
    (count, place) => (count + doubtful * usual) / ((shoppers[place] as number) + doubtful),
  )
  const pull = share.map((each) => (usual > 0 ? (each / usual) ** pullPower : 1))
  return { share, pull, gapDays: Float64Array.from(gaps, median) }
}

/** An item fewer than one shopper in twenty came back for is bought once, as a sofa is. */
export const repeatRule = ({ share }: Repeats, place: number): RepeatRule =>
  (share[place] as number) < 0.05 ? 'ONCE' : 'AGAIN'

/**
 * Places that should not be offered now: bought for good, or so lately that less than a fifth of
 * the item's usual time has passed.
 */
export function tooSoon(repeats: Repeats, history: History, nowMs: number): Set<number> {
  const last = new Map(history.map(({ place, atMs }) => [place, atMs]))
  const early = ([place, atMs]: readonly [number, number]) => {
    if (repeatRule(repeats, place) === 'ONCE') return true
    const gapMs = (repeats.gapDays[place] as number) * dayMs
    return nowMs - atMs < gapMs / 5
  }
  return new Set([...last].filter(early).map(([place]) => place))
}

/** In how many orders each item was bought. */
export function ownPurchases(history: History): Map<number, number> {
  const own = new Map<number, number>()
  for (const { place } of history) own.set(place, (own.get(place) ?? 0) + 1)
  return own
}

/** When each item was bought, oldest first; two orders within a day are one visit. */
function timesOf(history: History): Map<number, number[]> {
  const times = new Map<number, number[]>()
  for (const { place, atMs } of history) {
    const before = times.get(place) ?? []
    if (before.length === 0) times.set(place, before)
    if (atMs - (before.at(-1) ?? Number.NEGATIVE_INFINITY) >= dayMs / 2) before.push(atMs)
  }
  return times
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}
