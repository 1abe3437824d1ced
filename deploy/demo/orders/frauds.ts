import { type Chance, poisson } from '../chance.ts'
import { dayMs } from '../shop.ts'
import type { Basket } from './baskets.ts'
import { guestCustomer } from './pool.ts'

/**
 * The three scenarios of the Fraud Detection Handbook (Le Borgne, Siblini, Lebichot and Bontempi,
 * 2022, chapter 3.2) in the words of a shop: its terminals are networks that orders come from.
 */
export const fraudTruth = {
  /** 1: whatever is dearer than this. */
  amountAboveMinor: 220_000,
  /** 2: on a day one network is taken over with this probability; for 28 days all from it is fraud. */
  networkPerDay: 0.1,
  networkDays: 28,
  networks: 512,
  /** 3: this share of all customers a day loses the password; for 14 days a third of their orders are another's, of five times as much. */
  customersPerDay: 3 / 5000,
  customerDays: 14,
  customerOrders: 1 / 3,
  times: 5,
  /** In the last two days some strangers buy for more than this, so that staff have something to look at: by 1, frauds. */
  swollenMinor: 500_000,
  mostTimes: 250,
} as const

export interface Fraud {
  readonly scenario: 'amount' | 'network' | 'customer'
  /** When the card's owner complained: before that nobody can have known. */
  readonly reportedAt: Date
}

export class Frauds {
  readonly #networks = new Map<number, number>()
  readonly #customers = new Map<number, number>()

  openOn(ms: number, customers: number, chance: Chance): void {
    if (chance.happens(fraudTruth.networkPerDay)) {
      this.#networks.set(chance.below(fraudTruth.networks), ms + fraudTruth.networkDays * dayMs)
    }
    const count = poisson(chance, customers * fraudTruth.customersPerDay)
    for (let taken = 0; taken < count; taken += 1) {
      this.#customers.set(chance.below(customers), ms + fraudTruth.customerDays * dayMs)
    }
  }

  /** Whether another bought in this customer's name; then the basket is five times as full. */
  takesOver({ customer, ms, lines }: Basket, chance: Chance): boolean {
    if (customer === guestCustomer || ms >= (this.#customers.get(customer) ?? 0)) return false
    if (!chance.happens(fraudTruth.customerOrders)) return false
    for (const line of lines) line.quantity *= fraudTruth.times
    return true
  }

  /** A stranger's basket that comes to a fortune when it is a hundred times as full. */
  swell({ customer, lines }: Basket): void {
    const { swollenMinor, mostTimes } = fraudTruth
    const minor = lines.reduce(
      (sum, { offer, quantity }) => sum + offer.unitPriceMinor * quantity,
      0,
    )
    const times = Math.ceil((swollenMinor * 1.5) / minor)
    if (customer !== guestCustomer || times > mostTimes) return
    for (const line of lines) line.quantity *= times
  }

  judge(order: Judged, chance: Chance): Fraud | null {
    const scenario = this.#scenarioOf(order)
    if (!scenario) return null
    return { scenario, reportedAt: new Date(order.ms + chance.between(4 * dayMs, 40 * dayMs)) }
  }

  #scenarioOf({ takenOver, network, ms, totalMinor }: Judged): Fraud['scenario'] | null {
    if (takenOver) return 'customer'
    if (ms < (this.#networks.get(network) ?? 0)) return 'network'
    return totalMinor > fraudTruth.amountAboveMinor ? 'amount' : null
  }
}

interface Judged {
  readonly takenOver: boolean
  readonly network: number
  readonly ms: number
  readonly totalMinor: number
}
