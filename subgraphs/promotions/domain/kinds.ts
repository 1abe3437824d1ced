import { ShopError } from '@shop/kit/errors'
import { allocated, shareOf } from '@shop/kit/money'
import { sum } from './cart.ts'
import { amountIn, type Reward } from './rules.ts'

export class BadReward extends ShopError {
  readonly code = 'BAD_REWARD'
}

/** A line, or the shipping, and what other promotions left of its price. */
export interface Part {
  readonly quantity: number
  readonly leftMinor: number
}

/** How a promotion takes off. What it asks for beyond what is left of a part is not given. */
export interface Kind {
  readonly from: 'goods' | 'shipping'
  /** Throws where the settings mean nothing to it. */
  check(reward: Reward): void
  /** For each part, in their order. */
  cuts(reward: Reward, parts: readonly Part[], currency: string): readonly number[]
}

export type Kinds = Readonly<Record<string, Kind>>

const percent: Kind = {
  from: 'goods',
  check({ percentOffBps, perItem }) {
    const isShare = percentOffBps !== null && percentOffBps > 0 && percentOffBps <= 10_000
    if (!isShare || perItem) throw new BadReward('A percentage is above 0 and at most 100.')
  },
  cuts({ percentOffBps, amounts }, parts, currency) {
    const lefts = parts.map(({ leftMinor }) => leftMinor)
    const most = amountIn(amounts, currency) ?? Number.MAX_SAFE_INTEGER
    return allocated(Math.min(most, shareOf(sum(lefts), percentOffBps ?? 0)), lefts)
  },
}

const amount: Kind = {
  from: 'goods',
  check({ percentOffBps, amounts }) {
    if (percentOffBps !== null || amounts.length === 0) {
      throw new BadReward('An amount is given in at least one currency, and no percentage.')
    }
  },
  cuts({ amounts, perItem }, parts, currency) {
    const off = amountIn(amounts, currency) ?? 0
    if (perItem) return parts.map(({ quantity, leftMinor }) => Math.min(leftMinor, off * quantity))
    const lefts = parts.map(({ leftMinor }) => leftMinor)
    return allocated(Math.min(off, sum(lefts)), lefts)
  },
}

const freeShipping: Kind = {
  from: 'shipping',
  check({ percentOffBps, perItem }) {
    if (percentOffBps !== null || perItem) {
      throw new BadReward('Free shipping takes nothing but the most that it gives.')
    }
  },
  cuts: ({ amounts }, parts, currency) =>
    parts.map(({ leftMinor }) => Math.min(leftMinor, amountIn(amounts, currency) ?? leftMinor)),
}

export const kinds: Kinds = { PERCENT: percent, AMOUNT: amount, FREE_SHIPPING: freeShipping }
