import { categoryId } from '../categories.ts'
import { chanceOf } from '../chance.ts'
import { departments } from '../departments/all.ts'
import { idAt } from '../ids.ts'
import { dayMs, historyDays, historyStart, type Options, openedAt, slugOf } from '../shop.ts'

/** A share off the price of a whole group of categories for some days. */
export interface Promotion {
  readonly id: string
  readonly name: string
  /** At level 2. */
  readonly categoryId: string
  readonly percentOffBps: number
  readonly from: Date
  /** Not included. */
  readonly to: Date
  /** The whole factor on demand while it runs, its lower price included. */
  readonly uplift: number
}

const occasions = ['Days', 'Week', 'Weekend', 'Specials', 'Festival']

/** Sixteen, oldest first; no group has two at a time. */
export function promotions(options: Options): Promotion[] {
  const chance = chanceOf(options.seed, 'promotions')
  const groups = departments.flatMap(({ name, groups: of }) =>
    Object.keys(of).map((group) => ({ group, slug: `${slugOf(name)}-${slugOf(group)}` })),
  )
  const chosen = chance.shuffled(groups).slice(0, 16)
  return chosen.map(({ group, slug }, index) => {
    const first = Math.floor(((index + 0.5) * (historyDays - 20)) / chosen.length)
    const ms = historyStart(options) + first * dayMs
    const percentOffBps = chance.between(2, 6) * 500
    const uplift = 1 + (percentOffBps / 10_000) * (2 + 2.5 * chance.next())
    return {
      id: idAt('promotion', index, { seed: options.seed, ms }),
      name: `${group} ${chance.pick(occasions)}`,
      categoryId: categoryId(options, slug),
      percentOffBps,
      from: new Date(ms),
      to: new Date(ms + chance.between(6, 14) * dayMs),
      uplift: Math.round(uplift * 100) / 100,
    }
  })
}

interface Voucher {
  readonly id: string
  readonly promotionId: string
  readonly name: string
  readonly code: string
  /** Null is the shipping. */
  readonly percentOffBps: number | null
  readonly firstOrderOnly: boolean
  readonly from: Date
}

const codes = [
  {
    code: 'WELCOME',
    name: 'A tenth off the first order',
    percentOffBps: 1000,
    firstOrderOnly: true,
  },
  { code: 'POSTFREE', name: 'Sent free', percentOffBps: null, firstOrderOnly: false },
]

/** For whoever tries the shop; the history knows the one that takes nothing off the goods. */
export const vouchers = (options: Options): Voucher[] => {
  const at = { seed: options.seed, ms: openedAt(options) }
  return codes.map((voucher, index) => ({
    ...voucher,
    id: idAt('voucher', index, at),
    promotionId: idAt('voucher promotion', index, at),
    from: new Date(at.ms),
  }))
}
