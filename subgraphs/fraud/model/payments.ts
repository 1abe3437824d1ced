import type { Payment } from './generator.ts'
import { Past } from './past.ts'
import type { Story } from './story.ts'

/** How long it takes until a payment is known to be fraud, as in the Handbook. */
export const paymentDelayDays = 7

/**
 * The Handbook's features of a card payment, with amounts beside the customer's own habit: windows
 * of 1, 7 and 30 days of the customer, and of the terminal those of what became known.
 */
export function paymentStory(): Story<Payment> {
  const past = new Past(paymentDelayDays)
  const customerKey = ({ customer }: Payment) => `customer ${customer}`
  const terminalKey = ({ terminal }: Payment) => `terminal ${terminal}`
  return {
    names: paymentColumns,
    row(event) {
      const { at, amount } = event
      const customer = past.pace(customerKey(event), at)
      const terminal = past.labels(terminalKey(event), at)
      const victim = past.labels(customerKey(event), at)
      const means = customer.sums.map((sum, i) => sum / (customer.counts[i] as number))
      const usual = customer.totalSum / customer.total
      return [
        amount,
        amount / usual,
        at % 1,
        Number(Math.floor(at) % 7 >= 5),
        customer.sinceLast,
        ...customer.counts,
        ...means,
        amount / (means[2] as number),
        ...terminal.sums,
        ...terminal.sums.map((frauds, i) => frauds / (terminal.counts[i] as number)),
        ...victim.sums.slice(1),
        past.pace(terminalKey(event), at).counts[1] as number,
      ]
    },
    saw(event) {
      const { at, amount } = event
      past.saw({ at, amount, keys: [customerKey(event), terminalKey(event)] })
    },
    told(event, fraud) {
      past.told({ at: event.at, keys: [customerKey(event), terminalKey(event)] }, fraud)
    },
  }
}

export const paymentColumns = [
  'amount',
  'amount by usual',
  'time of day',
  'weekend',
  'days since last',
  ...['1 day', '7 days', '30 days'].map((window) => `payments in ${window}`),
  ...['1 day', '7 days', '30 days'].map((window) => `mean amount in ${window}`),
  'amount by mean of 30 days',
  ...['1 day', '7 days', '30 days'].map((window) => `terminal frauds in ${window}`),
  ...['1 day', '7 days', '30 days'].map((window) => `terminal risk in ${window}`),
  ...['7 days', '30 days'].map((window) => `card frauds in ${window}`),
  'terminal payments in 7 days',
]

/** More fraud at a terminal or on a card never makes a payment less suspect. */
export const paymentMonotone = paymentColumns.map((name) =>
  /(terminal (frauds|risk)|card frauds)/.test(name) ? 1 : 0,
)
