import { BadRows } from '@shop/kit/learn/refusals'
import {
  chanceAlive,
  expectedPurchases,
  learnedRates,
  type PurchaseRates,
} from './purchase-rate.ts'
import { type Purchase, type Summary, summaries } from './purchases.ts'
import { expectedSpend, learnedSpend, type SpendLevels } from './spend.ts'

export interface CustomerModel {
  readonly rates: PurchaseRates
  readonly spend: SpendLevels
}

export interface Prospect {
  /** 0 to 1: how likely the customer has left for good. */
  readonly churnRisk: number
  readonly purchases: number
  /** In the currency of the purchases, not discounted. */
  readonly value: number
}

/** Throws BAD_ROWS where nobody has bought twice. */
export function learnedCustomers(purchases: readonly Purchase[], nowMs: number): CustomerModel {
  const rows = summaries(purchases, nowMs)
  return { rates: learnedRates(rows), spend: learnedSpend(rows) }
}

/** What is to be expected of a customer in so many days, 1 to 3,650. */
export function prospectOf(model: CustomerModel, summary: Summary, days: number): Prospect {
  if (!(days >= 1 && days <= 3650)) throw new BadRows('The days are not from 1 to 3,650.')
  const purchases = expectedPurchases(model.rates, summary, days)
  return {
    churnRisk: 1 - chanceAlive(model.rates, summary),
    purchases,
    value: purchases * expectedSpend(model.spend, summary),
  }
}
