import { BadRows } from './refusals.ts'

/** Items found together in `count` baskets, in ascending order of their names. */
export interface ItemSet {
  readonly items: readonly string[]
  readonly count: number
}

export interface MiningSettings {
  /** The least share of baskets that have the set, above 0. */
  readonly support: number
  /** The most items of a set: 10 where it is not told, as in R's arules. */
  readonly longest?: number
  /** Past so many sets it is refused: 1,000,000 where it is not told. */
  readonly most?: number
}

/** What cannot be mined in bounded time and memory: raise the support. */
export class TooManySets extends BadRows {}

/**
 * All frequent item sets, by Eclat (Zaki, 2000): each item has the bits of its baskets, and a set
 * those that all of its items share. Throws BAD_ROWS for a support outside (0, 1], and where there
 * are more sets than were allowed.
 */
export function frequentItemSets(
  baskets: readonly (readonly string[])[],
  { support, longest = 10, most = 1_000_000 }: MiningSettings,
): ItemSet[] {
  if (!(support > 0 && support <= 1)) throw new BadRows('The support is not above 0 and at most 1.')
  // A share of floating point may come out a hair above the whole number that it stands for.
  const least = Math.max(1, Math.ceil(support * baskets.length - 1e-9))
  const found: ItemSet[] = []
  const grow = (stem: readonly string[], tails: readonly Tail[]) => {
    for (const [at, tail] of tails.entries()) {
      const items = [...stem, tail.item]
      if (found.length === most) throw new TooManySets(`There are more than ${most} item sets.`)
      found.push({ items, count: tail.count })
      if (items.length < longest) grow(items, shared(tail, tails.slice(at + 1), least))
    }
  }
  grow([], frequentItems(baskets, least))
  return found
}

/** An item and the baskets it is in, one bit each. */
interface Tail {
  readonly item: string
  readonly bits: Uint32Array
  readonly count: number
}

function frequentItems(baskets: readonly (readonly string[])[], least: number): Tail[] {
  const places = new Map<string, Set<number>>()
  for (const [basket, items] of baskets.entries()) {
    for (const item of items) {
      const baskets = places.get(item) ?? new Set()
      places.set(item, baskets.add(basket))
    }
  }
  const frequent = [...places].filter(([, found]) => found.size >= least)
  frequent.sort(([a], [b]) => (a < b ? -1 : 1))
  return frequent.map(([item, found]) => {
    const bits = new Uint32Array(Math.ceil(baskets.length / 32))
    for (const basket of found) {
      bits[basket >> 5] = (bits[basket >> 5] as number) | (1 << (basket & 31))
    }
    return { item, bits, count: found.size }
  })
}

function shared(stem: Tail, tails: readonly Tail[], least: number): Tail[] {
  const common: Tail[] = []
  for (const { item, bits } of tails) {
    const both = new Uint32Array(bits.length)
    let count = 0
    for (let at = 0; at < bits.length; at += 1) {
      const word = (bits[at] as number) & (stem.bits[at] as number)
      both[at] = word
      count += bitsIn(word)
    }
    if (count >= least) common.push({ item, bits: both, count })
  }
  return common
}

/** How many bits are set, counted in parallel (Warren, Hacker's Delight, 5-1). */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
