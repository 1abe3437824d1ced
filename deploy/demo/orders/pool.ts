import { beta, type Chance, chanceOf, gamma } from '../chance.ts'
import { departments } from '../departments/all.ts'
import { registeredAt } from '../people/customers.ts'
import type { Options } from '../shop.ts'
import { Weighted } from './pick.ts'

/**
 * BG/NBD (Fader, Hardie and Lee, 2005) on the shop's own clock: each order goes to a customer in
 * proportion to their rate, which is gamma, and after each of their orders they leave for good
 * with a probability that is beta. Those without an account compete at a rate that is fixed.
 */
export const customerTruth = {
  rateShape: 1.1,
  dropOutA: 1.3,
  dropOutB: 16,
  /** The rate of all guests, as a share of the mean rate of all customers together. */
  guestRate: 0.12,
  /** A line looks at so many open baskets for one whose customer likes its department. */
  tasteLooks: 4,
  likedDepartments: 3,
} as const

export const guestCustomer = -1

/** Who buys: everybody who has registered and not yet left. */
export class Pool {
  readonly #options: Options
  readonly #rates: Float64Array
  readonly #dropOut: Float64Array
  readonly #likes: Uint16Array
  readonly #weights: Weighted
  readonly #guests: number
  #registered = 0

  constructor(options: Options) {
    const { customers, seed } = options
    this.#options = options
    this.#rates = new Float64Array(customers)
    this.#dropOut = new Float64Array(customers)
    this.#likes = new Uint16Array(customers)
    this.#weights = new Weighted(customers)
    this.#guests = customerTruth.guestRate * customerTruth.rateShape * customers
    for (let number = 0; number < customers; number += 1) {
      const chance = chanceOf(seed, 'purchases', number)
      this.#rates[number] = gamma(chance, customerTruth.rateShape)
      this.#dropOut[number] = beta(chance, customerTruth.dropOutA, customerTruth.dropOutB)
      this.#likes[number] = liked(chance)
    }
  }

  openOn(ms: number): void {
    while (
      this.#registered < this.#options.customers &&
      registeredAt(this.#options, this.#registered) < ms
    ) {
      this.#registered += 1
    }
    this.#weights.fill(this.#registered, (number) => this.#rates[number] ?? 0)
  }

  /** The number of a customer, or `guestCustomer`. Their order may have been their last. */
  draw(chance: Chance): number {
    for (;;) {
      if (chance.next() * (this.#guests + this.#weights.total) < this.#guests) return guestCustomer
      const number = this.#weights.draw(chance)
      // Whoever left earlier on this day is still in the weights: drawn, they are passed over.
      if ((this.#rates[number] ?? 0) === 0) continue
      if (chance.happens(this.#dropOut[number] ?? 0)) this.#rates[number] = 0
      return number
    }
  }

  likes = (number: number, department: number): boolean =>
    number === guestCustomer || (((this.#likes[number] ?? 0) >>> department) & 1) === 1

  get registered(): number {
    return this.#registered
  }
}

function liked(chance: Chance): number {
  const some = chance.shuffled(departments.map((_, index) => index))
  return some
    .slice(0, customerTruth.likedDepartments)
    .reduce((bits, index) => bits | (1 << index), 0)
}
