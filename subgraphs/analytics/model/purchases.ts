import { BadRows } from '@shop/kit/learn/refusals'

/** What a customer paid at one moment, in the shop's currency. */
export interface Purchase {
  readonly customer: string
  readonly atMs: number
  readonly amount: number
}

/** What a customer's past comes down to: counts, days and means, as the models read them. */
export interface Summary {
  readonly customer: string
  /** Days with a purchase after the first. */
  readonly repeats: number
  /** Days from the first purchase to the last; 0 where there was one. */
  readonly lastDays: number
  /** Days from the first purchase until now. */
  readonly ageDays: number
  /** The mean spent on a day with a purchase. */
  readonly spend: number
}

export const dayMs = 86_400_000

/**
 * One summary a customer, in the order of their first line; what comes after now is passed over.
 * Throws BAD_ROWS for a purchase without customer, time or an amount of 0 or more.
 */
export function summaries(purchases: readonly Purchase[], nowMs: number): Summary[] {
  for (const purchase of purchases) check(purchase)
  const past = purchases.filter(({ atMs }) => atMs <= nowMs)
  const byCustomer = Map.groupBy(past, ({ customer }) => customer)
  return [...byCustomer].map(([customer, theirs]) => {
    const days = theirs.map(({ atMs }) => Math.floor(atMs / dayMs))
    const [first, last] = [Math.min(...days), Math.max(...days)]
    const visits = new Set(days).size
    return {
      customer,
      repeats: visits - 1,
      lastDays: last - first,
      ageDays: Math.floor(nowMs / dayMs) - first,
      spend: theirs.reduce((sum, { amount }) => sum + amount, 0) / visits,
    }
  })
}

function check({ customer, atMs, amount }: Purchase): void {
  if (typeof customer !== 'string' || customer === '')
    throw new BadRows('A purchase has no customer.')
  if (!Number.isFinite(atMs)) throw new BadRows('A purchase has no time.')
  if (!(Number.isFinite(amount) && amount >= 0)) throw new BadRows('A purchase has no amount.')
}
