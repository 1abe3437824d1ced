import { BadRows } from '@shop/kit/learn/refusals'
import type { Priced } from './guards.ts'

export interface Discounted {
  readonly now: Priced
  /** Units a period without a discount. */
  readonly units: number
  readonly elasticity: number
  /** By how many times a discount is bought beyond what its price explains, as it is shown. */
  readonly display: number
  /** Profit that other products lose for one unit more of this, in minor units. */
  readonly taken: number
  readonly leastMargin: number
}

export interface Discount {
  /** As a share of the price; 0 where none is worth giving. */
  readonly depth: number
  readonly price: number
  /** Profit a period against none, others' losses taken off, in minor units. */
  readonly gain: number
}

/** The depth of most profit among those that keep the margin. Throws BAD_ROWS on what is no number. */
export function bestDiscount(product: Discounted, depths: readonly number[]): Discount {
  const { now, units, elasticity, display, taken, leastMargin } = product
  const numbers = [now.price, now.cost, units, elasticity, display, taken, leastMargin, ...depths]
  if (
    !numbers.every(Number.isFinite) ||
    now.price <= 0 ||
    depths.some((depth) => depth < 0 || depth >= 1)
  ) {
    throw new BadRows('Depths are shares from 0 and below 1, and all else is a number.')
  }
  const before = units * (now.price - now.cost)
  const none: Discount = { depth: 0, price: now.price, gain: 0 }
  return depths
    .filter((depth) => depth > 0)
    .map((depth): Discount => {
      const price = Math.round(now.price * (1 - depth))
      const sold = units * (price / now.price) ** Math.min(0, elasticity) * display
      const gain = sold * (price - now.cost) - Math.max(0, sold - units) * taken - before
      return { depth, price, gain }
    })
    .filter(({ price }) => price - now.cost >= leastMargin * price)
    .reduce((best, next) => (next.gain > best.gain ? next : best), none)
}
