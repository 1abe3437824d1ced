import type { Payment } from './generator.ts'
import { Past } from './past.ts'
import type { Story } from './story.ts'

/** How long it takes until a payment is known to be fraud, as in the Handbook. */
export const paymentDelayDays = 7

/**
 * The Handbook's features of a card payment, with amounts beside the customer's own habit: windows
 * of 1, 7 and 30 days of the customer, and of the terminal those of what became known.
 */
export class PaymentStory implements Story<Payment> {
  readonly names = paymentColumns
  readonly #past = new Past(paymentDelayDays)
  readonly #customer = keysCalled('customer')
  readonly #terminal = keysCalled('terminal')
  readonly #quiet = keysCalled('quiet')
  readonly #honest = keysCalled('honest')

  row(event: Payment): number[] {
    return [...this.#ofCustomer(event), ...this.#ofTerminal(event)]
  }

  #ofCustomer({ at, amount, customer: id }: Payment): number[] {
    const customer = this.#past.pace(this.#customer(id), at)
    const frauds = this.#past.frauds(this.#customer(id), at)
    const means = customer.sums.map((sum, i) => sum / (customer.counts[i] as number))
    return [
      amount,
      (amount * customer.total) / customer.totalSum,
      at % 1,
      Number(Math.floor(at) % 7 >= 5),
      customer.sinceLast,
      customer.total,
      ...customer.counts,
      ...means,
      amount / (means[2] as number),
      ...frauds.counts.slice(1),
      frauds.sinceFirst,
      frauds.sinceLast,
    ]
  }

  #ofTerminal({ at, terminal: id }: Payment): number[] {
    const labels = this.#past.labels(this.#terminal(id), at)
    const frauds = this.#past.frauds(this.#terminal(id), at)
    const quiet = this.#past.frauds(this.#quiet(id), at)
    return [
      this.#past.pace(this.#terminal(id), at).counts[1] as number,
      ...labels.sums,
      ...labels.sums.map((sum, i) => sum / (labels.counts[i] as number)),
      labels.sinceLast,
      frauds.sinceFirst,
      frauds.sinceLast,
      quiet.total,
      quiet.sinceFirst,
      quiet.sinceLast,
      this.#past.labels(this.#honest(id), at).sinceLast,
    ]
  }

  saw({ at, amount, customer, terminal }: Payment): void {
    this.#past.saw({ at, amount, keys: [this.#customer(customer), this.#terminal(terminal)] })
  }

  told({ at, amount, customer, terminal }: Payment, fraud: boolean): void {
    this.#past.told({ at, keys: [this.#customer(customer), this.#terminal(terminal)] }, fraud)
    // A usual amount tells of the terminal, an unusual one of the card.
    const { totalSum, total } = this.#past.pace(this.#customer(customer), at)
    const isQuiet = fraud && amount < (3 * totalSum) / total
    if (isQuiet) this.#past.told({ at, keys: [this.#quiet(terminal)] }, true)
    if (!fraud) this.#past.told({ at, keys: [this.#honest(terminal)] }, false)
  }
}

const inWindows = (what: string) =>
  ['1 day', '7 days', '30 days'].map((days) => `${what} in ${days}`)

export const paymentColumns = [
  'amount',
  'amount by usual',
  'time of day',
  'weekend',
  'days since last',
  'payments before',
  ...inWindows('payments'),
  ...inWindows('mean amount'),
  'amount by mean of 30 days',
  ...inWindows('card frauds').slice(1),
  'days since first fraud on card',
  'days since last fraud on card',
  'terminal payments in 7 days',
  ...inWindows('terminal frauds'),
  ...inWindows('terminal risk'),
  'days since last label of terminal',
  'days since first fraud at terminal',
  'days since last fraud at terminal',
  'quiet frauds at terminal',
  'days since first quiet fraud at terminal',
  'days since last quiet fraud at terminal',
  'days since last honest label of terminal',
]

/**
 * A dearer payment beside the habit is never less suspect. Counts of a terminal's frauds are left
 * free: after four weeks it is clean again, and many old frauds say so.
 */
export const paymentMonotone = paymentColumns.map((name) => (name === 'amount by usual' ? 1 : 0))

/** Each key is made once: there are millions of payments, of some thousands. */
function keysCalled(kind: string) {
  const made: string[] = []
  return (id: number): string => {
    const key = made[id] ?? `${kind} ${id}`
    made[id] = key
    return key
  }
}
