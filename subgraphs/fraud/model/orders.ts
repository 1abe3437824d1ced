import { Past } from './past.ts'
import type { Story } from './story.ts'

export interface Order {
  /** Days since 1970. */
  readonly at: number
  readonly customer: string
  readonly address: string
  readonly device: string
  readonly category: string
  readonly amount: number
  readonly merchant: string
}

/** How suspect an amount is in a category, as a score: learned where there are more frauds. */
export type Habit = (category: string, amount: number) => number

/** How long it takes until an order is known to be fraud, in days. */
const delayDays = 7

/**
 * What is asked of an order: is the amount one that fraudsters take in this category, is the
 * customer known, and is this like what the customer did before. Address and device are for rules:
 * in the only labelled set each belongs to one customer, so nothing can be learned of them.
 */
export function orderStory(habit: Habit): Story<Order> {
  const past = new Past(delayDays)
  const customerKey = ({ customer }: Order) => (customer === '' ? '' : `customer ${customer}`)
  const suspicionKey = ({ customer }: Order) => (customer === '' ? '' : `suspicion ${customer}`)
  const merchantKey = ({ merchant }: Order) => (merchant === '' ? '' : `merchant ${merchant}`)
  return {
    names: orderColumns,
    row(event) {
      const { at, amount, category } = event
      const own = past.pace(customerKey(event), at)
      const suspicion = past.pace(suspicionKey(event), at)
      return [
        habit(category, amount),
        Math.log(amount),
        amount / (own.totalSum / own.total),
        own.total,
        ...own.counts,
        own.sinceLast,
        own.sinceFirst,
        suspicion.totalSum / suspicion.total,
        (suspicion.sums[1] as number) / (suspicion.counts[1] as number),
        past.risk(customerKey(event), at, 3),
        past.pace(merchantKey(event), at).counts[2] as number,
      ]
    },
    saw(event) {
      const { at, amount, category } = event
      past.saw({ at, amount, keys: [customerKey(event), merchantKey(event)] })
      past.saw({ at, amount: habit(category, amount), keys: [suspicionKey(event)] })
    },
    told: (event, fraud) => past.told({ at: event.at, keys: [customerKey(event)] }, fraud),
  }
}

export const orderColumns = [
  'amount for its category',
  'amount',
  'amount by usual',
  'orders before',
  ...['1 day', '7 days', '30 days'].map((window) => `orders in ${window}`),
  'days since last',
  'days since first',
  'earlier amounts for their categories',
  'amounts of 7 days for their categories',
  'risk of customer',
  'orders at merchant in 30 days',
]

/** A more suspect amount, and more fraud before, never make an order less suspect. */
export const orderMonotone = orderColumns.map((name) =>
  name === 'amount for its category' || name === 'risk of customer' ? 1 : 0,
)
