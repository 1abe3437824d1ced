import { type Chance, chanceOf } from '../chance.ts'
import { idAt } from '../ids.ts'
import type { Options } from '../shop.ts'
import type { Fraud } from './frauds.ts'
import type { Card, Try } from './order.ts'

/** How often an order was tried in vain before it came about. */
export const tryTruth = {
  declined: 0.03,
  /** The bank asked for 3-D Secure, and the shopper went away. */
  abandoned: 0.012,
  /** Of frauds from a network that was taken over: those where cards were tested first, one after the other. */
  tested: 0.25,
  cardsTested: { least: 6, most: 14 },
} as const

interface Placed {
  readonly options: Options
  readonly number: number
  readonly ms: number
  readonly scenario: Fraud['scenario'] | null
}

/** Oldest first. They owe nothing to how the order itself was drawn. */
export function triesBefore({ options, number, ms, scenario }: Placed): Try[] {
  const chance = chanceOf(options.seed, 'tries', number)
  const { least, most } = tryTruth.cardsTested
  if (scenario === 'network' && chance.happens(tryTruth.tested)) {
    const ends = Array.from({ length: chance.between(least, most) }, () => 'DECLINED' as const)
    return triesOf(ends, { options, number, ms, minutes: 2 }, chance)
  }
  if (chance.happens(tryTruth.abandoned)) {
    return triesOf(['ABANDONED'], { options, number, ms, minutes: 45 }, chance)
  }
  if (!chance.happens(tryTruth.declined)) return []
  return triesOf(['DECLINED'], { options, number, ms, minutes: 6 }, chance)
}

interface Spaced extends Omit<Placed, 'scenario'> {
  /** Between one and the next. */
  readonly minutes: number
}

const triesOf = (ends: readonly Try['outcome'][], spaced: Spaced, chance: Chance): Try[] =>
  ends.map((outcome, index) => {
    const { options, number, ms, minutes } = spaced
    const placedMs = ms - (ends.length - index) * minutes * 60_000
    return {
      id: idAt('try', number * 32 + index, { seed: options.seed, ms: placedMs }),
      placedAt: new Date(placedMs),
      outcome,
      card: someCard(chance),
    }
  })

const someCard = (chance: Chance): Card => ({
  brand: chance.pick(['visa', 'mastercard'] as const),
  last4: String(chance.below(10_000)).padStart(4, '0'),
})
