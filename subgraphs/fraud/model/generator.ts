import { type Random, randomFrom } from '@shop/kit/learn/random'

/** A card payment of the simulated world. */
export interface Payment {
  /** Days since its beginning, with their part. */
  readonly at: number
  readonly customer: number
  readonly terminal: number
  readonly amount: number
  /** 0 for none; 1 a large amount, 2 a terminal taken over, 3 a card taken over. */
  readonly scenario: 0 | 1 | 2 | 3
}

export interface World {
  readonly customers: number
  readonly terminals: number
  readonly days: number
  /** How far, on a square of 100, a customer goes to a terminal. */
  readonly radius: number
  readonly seed: number
}

interface Customer {
  readonly x: number
  readonly y: number
  readonly meanAmount: number
  readonly perDay: number
  readonly reach: readonly number[]
}

/**
 * The transaction simulator of the Fraud Detection Handbook (Le Borgne, Siblini, Lebichot and
 * Bontempi, 2022, chapter 3), written from its description: customers and terminals on a square,
 * habits of amount and frequency, and its three kinds of fraud. In the order of time.
 */
export function simulatedPayments(world: World): Payment[] {
  const random = randomFrom(world.seed)
  const places = Array.from({ length: world.terminals }, () => place(random))
  const customers = Array.from({ length: world.customers }, () =>
    customerOf(random, places, world.radius),
  )
  const payments: Payment[] = []
  for (let day = 0; day < world.days; day += 1) {
    const today = customers.flatMap((customer, id) => daily(random, { customer, id, day }))
    payments.push(...today.sort((a, b) => a.at - b.at))
  }
  return defrauded(payments, world, random)
}

const place = (random: Random) => ({ x: 100 * random.next(), y: 100 * random.next() })

function customerOf(random: Random, places: readonly { x: number; y: number }[], radius: number) {
  const home = place(random)
  const near = places.flatMap(({ x, y }, id) =>
    (x - home.x) ** 2 + (y - home.y) ** 2 < radius ** 2 ? [id] : [],
  )
  const meanAmount = 5 + 95 * random.next()
  return { ...home, meanAmount, perDay: 4 * random.next(), reach: near }
}

function daily(
  random: Random,
  { customer, id, day }: { customer: Customer; id: number; day: number },
) {
  const { meanAmount, perDay, reach } = customer
  const payments: Payment[] = []
  for (let left = poisson(random, perDay); left > 0; left -= 1) {
    const at = 0.5 + (20_000 / 86_400) * random.normal()
    if (at <= 0 || at >= 1 || reach.length === 0) continue
    const drawn = meanAmount + (meanAmount / 2) * random.normal()
    const amount = cents(drawn < 0 ? 2 * meanAmount * random.next() : drawn)
    const terminal = reach[random.below(reach.length)] as number
    payments.push({ at: day + at, customer: id, terminal, amount, scenario: 0 })
  }
  return payments
}

const cents = (amount: number) => Math.round(100 * amount) / 100

/** Knuth's product of uniform draws. */
function poisson(random: Random, mean: number): number {
  const least = Math.exp(-mean)
  let count = 0
  for (let product = random.next(); product > least; product *= random.next()) count += 1
  return count
}

function defrauded(payments: Payment[], world: World, random: Random): Payment[] {
  const taken = takeovers(world, random)
  return payments.map((payment) => {
    const day = Math.floor(payment.at)
    if (held(taken.customers, payment.customer, day) && random.next() < 1 / 3) {
      return { ...payment, amount: cents(5 * payment.amount), scenario: 3 }
    }
    if (held(taken.terminals, payment.terminal, day)) return { ...payment, scenario: 2 }
    return payment.amount > 220 ? { ...payment, scenario: 1 } : payment
  })
}

type Takeovers = ReadonlyMap<number, readonly { from: number; until: number }[]>

/** Each day two terminals for 28 days, and three customers for 14. */
function takeovers(world: World, random: Random) {
  const drawn = (perDay: number, of: number, days: number): Takeovers => {
    const spans = new Map<number, { from: number; until: number }[]>()
    for (let day = 0; day < world.days; day += 1) {
      for (let i = 0; i < perDay; i += 1) {
        const id = random.below(of)
        spans.set(id, [...(spans.get(id) ?? []), { from: day, until: day + days }])
      }
    }
    return spans
  }
  return { terminals: drawn(2, world.terminals, 28), customers: drawn(3, world.customers, 14) }
}

const held = (taken: Takeovers, id: number, day: number) =>
  (taken.get(id) ?? []).some(({ from, until }) => from <= day && day < until)
