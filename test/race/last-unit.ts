import { setTimeout } from 'node:timers/promises'
import { add, Client, checkoutOf, eventually, statusOf } from '../journey/sale.ts'

export interface Race {
  readonly url: string
  /** May set what is on the shelf. */
  readonly keeper: Client
  readonly variantId: string
  readonly buyers: number
  readonly units: number
}

/** How many came to what, and what is left on the shelf. */
export interface Run {
  readonly paid: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly available: number
  readonly seconds: number
}

/** So many guests, each with one piece in the cart and a quote, pay at the same moment. */
export async function lastUnit(race: Race): Promise<Run> {
  await putOnShelf(race)
  const ready = await inBatches(race.buyers, 8, (n) => quoted(race, n))
  const began = performance.now()
  const ends = await Promise.all(ready.map(insisted))
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const outcomes = Object.groupBy(ends, (end) => end)
  const { data } = await race.keeper.ask(`{ variants(ids: ["${race.variantId}"]) { available } }`)
  return {
    paid: outcomes.CONFIRMED?.length ?? 0,
    outcomes: Object.fromEntries(
      Object.entries(outcomes).map(([name, all]) => [name, all?.length ?? 0]),
    ),
    available: data.variants[0].available,
    seconds,
  }
}

/** All of it in the first warehouse, nothing in the others. */
async function putOnShelf({ keeper, variantId, units }: Race): Promise<void> {
  const { data } = await keeper.ask('{ warehouses { id } }')
  const levels = data.warehouses.map(({ id }: { id: string }, place: number) => ({
    ...{ variantId, warehouseId: id },
    onHand: place === 0 ? units : 0,
  }))
  await keeper.act('setStockLevels', { levels })
}

interface Ready {
  readonly client: Client
  readonly buying: Awaited<ReturnType<typeof checkoutOf>>
}

async function quoted({ url, variantId }: Race, n: number): Promise<Ready> {
  const client = new Client(url, `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`)
  let last: unknown
  // What is raced is the paying: a shop that is busy before it is asked again.
  const again = (fault: unknown) => {
    last = fault
    return false as const
  }
  await eventually(
    () => add(client, variantId).then(() => true, again),
    () => String(last),
  )
  const buying = await eventually(
    () => checkoutOf(client).catch(again),
    () => String(last),
  )
  return { client, buying }
}

/** By the same key until it is known what became of it. */
async function insisted({ client, buying }: Ready): Promise<string> {
  for (;;) {
    const { data, codes } = await buying.tryToPay()
    if (!data?.checkout) {
      if (codes.some((code) => !passing.has(code))) throw new Error(`A buyer was told ${codes}.`)
      await setTimeout(300)
      continue
    }
    const { __typename: kind, order } = data.checkout
    return order ? settledStatus(client, order.id) : kind
  }
}

const passing = new Set([
  ...['UNAVAILABLE', 'IN_PROGRESS', 'UNKNOWN_OUTCOME', 'TIMEOUT', 'RATE_LIMITED', 'OVERLOADED'],
])

/** ON_HOLD too: a rush is all that these are held for, and they go on by themselves. */
const passingStatuses = new Set(['PENDING', 'ON_HOLD'])

async function settledStatus(client: Client, id: string): Promise<string> {
  let order: Awaited<ReturnType<typeof statusOf>> | null = null
  const look = async () => {
    // Null where the shop was too busy to tell.
    order = await statusOf(client, id)
    return order !== null && !passingStatuses.has(order.status) && order.status
  }
  // Four minutes of asking again, and what a busy shop needs besides.
  for (let tries = 1; ; tries += 1) {
    try {
      return await eventually(look, () => `It is ${JSON.stringify(order)}.`)
    } catch (fault) {
      if (tries === 10) throw fault
    }
  }
}

async function inBatches<T>(count: number, of: number, make: (n: number) => Promise<T>) {
  const all: T[] = []
  for (let from = 0; from < count; from += of) {
    const batch = Array.from({ length: Math.min(of, count - from) }, (_, n) => make(from + n))
    all.push(...(await Promise.all(batch)))
  }
  return all
}
