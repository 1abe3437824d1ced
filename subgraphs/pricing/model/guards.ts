import { BadRows } from '@shop/kit/learn/refusals'

/** Prices in minor units: whole numbers of cents. */
export interface Priced {
  readonly price: number
  readonly cost: number
}

export interface Guards {
  /** The least share of the price that is margin: 0.2 is a fifth. From 0 and below 1. */
  readonly leastMargin: number
  /** The most that a price may move at once, as a share of it. Above 0. */
  readonly mostStep: number
  /** The maker's least advertised price, where there is one. */
  readonly leastAdvertised?: number | undefined
  readonly most?: number | undefined
}

export interface Range {
  readonly low: number
  readonly high: number
  /** Which guards made the ends what they are. */
  readonly reasons: readonly string[]
  /** No price keeps all guards: it stays as it is. */
  readonly blocked: boolean
}

/**
 * The prices that keep every guard. Where the cost has risen so far that one step does not reach
 * the least margin, nothing is allowed, and people have to decide. Throws BAD_ROWS on what is no
 * price, cost or guard.
 */
export function allowedPrices(now: Priced, guards: Guards): Range {
  checked(now, guards)
  const { price, cost } = now
  const floors = [
    { at: Math.ceil(price * (1 - guards.mostStep)), why: 'the step down' },
    { at: Math.ceil(cost / (1 - guards.leastMargin)), why: 'the least margin' },
    { at: guards.leastAdvertised ?? 1, why: 'the least advertised price' },
  ]
  const ceilings = [
    { at: Math.floor(price * (1 + guards.mostStep)), why: 'the step up' },
    { at: guards.most ?? Number.MAX_SAFE_INTEGER, why: 'the most' },
  ]
  const low = floors.reduce((most, next) => (next.at > most.at ? next : most))
  const high = ceilings.reduce((least, next) => (next.at < least.at ? next : least))
  const reasons = [`not below ${low.at}: ${low.why}`, `not above ${high.at}: ${high.why}`]
  if (low.at > high.at) return { low: price, high: price, reasons, blocked: true }
  return { low: Math.max(1, low.at), high: high.at, reasons, blocked: false }
}

function checked({ price, cost }: Priced, { leastMargin, mostStep, ...ends }: Guards): void {
  const most = 1e11
  const amounts = [price, cost, ends.leastAdvertised ?? 1, ends.most ?? 1]
  if (
    !amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0 && amount <= most) ||
    price < 1
  ) {
    throw new BadRows(
      'Prices and costs are whole minor units from 0 to 1e11, and a price is above 0.',
    )
  }
  if (!(leastMargin >= 0 && leastMargin < 1 && mostStep > 0 && mostStep <= 10)) {
    throw new BadRows('A margin is a share from 0 and below 1, and a step one above 0.')
  }
}
