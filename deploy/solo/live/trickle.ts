import { setTimeout } from 'node:timers/promises'
import { type Chance, chanceOf } from '@shop/demo/chance'
import { customerAt, guest } from '@shop/demo/people/customers'
import type { Options } from '@shop/demo/shop'
import type { Log } from '@shop/kit/log'
import { Client } from './client.ts'
import { goShopping } from './shopper.ts'
import { workOn } from './staff.ts'

interface Wanted {
  readonly url: string
  /** Of the demo shop, whose customers come back. */
  readonly demo: Options
  readonly password: string
  readonly log: Log
  /** In the mean, from one order to the next. */
  readonly everyMs?: number
}

/** Four a minute: enough to see the shop move, and too few to be in anybody's way. */
const usualMs = 15_000

/** A token lasts fifteen minutes. */
const shiftMs = 600_000

/** After so many refusals in turn it waits no longer still. */
const mostPatience = 5

/** Shoppers who buy and staff who send it, from outside as everybody is, until disposed of. */
export function trickle(wanted: Wanted): AsyncDisposable {
  const ending = new AbortController()
  const { signal } = ending
  const { seed } = wanted.demo
  let visits = 0
  const shopping = paced({ ...wanted, signal, chance: chanceOf(seed, 'visits') }, () => {
    visits += 1
    const chance = chanceOf(seed, 'visit', visits)
    return goShopping({ url: wanted.url, signal, chance, ...someone(wanted, chance, visits) })
  })
  const staff = staffOf(wanted, signal)
  const working = paced({ ...wanted, signal, chance: chanceOf(seed, 'work') }, staff)
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all([shopping, working])
    },
  }
}

/** Half of them have an account. Guests are others than those of the past. */
function someone({ demo, password }: Wanted, chance: Chance, visits: number) {
  if (chance.happens(0.5)) {
    return { ...guest(chance, 10_000_000 + visits), password: null }
  }
  const { email, addresses } = customerAt(demo, chance.below(demo.customers))
  const [address] = addresses
  if (!address) throw new Error('A customer lives nowhere.')
  return { email, address, password }
}

function staffOf({ url, password }: Wanted, signal: AbortSignal): () => Promise<void> {
  const client = new Client(url, signal)
  let enteredAt = Number.NEGATIVE_INFINITY
  let turn = 0
  return async () => {
    if (performance.now() - enteredAt > shiftMs) {
      await client.enter('sam.support@staff.example.com', password)
      enteredAt = performance.now()
    }
    await workOn(client, turn)
    turn += 1
  }
}

interface Pace {
  readonly everyMs?: number
  readonly signal: AbortSignal
  readonly chance: Chance
  readonly log: Log
}

/** By chance as people come; told no, they stay away longer each time: at most eight minutes, in the mean. */
async function paced(
  { everyMs = usualMs, signal, chance, log }: Pace,
  deed: () => Promise<void>,
): Promise<void> {
  let refusals = 0
  while (!signal.aborted) {
    const restMs = -Math.log(1 - chance.next()) * everyMs * 2 ** refusals
    await setTimeout(restMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    try {
      await deed()
      refusals = 0
    } catch (fault) {
      refusals = Math.min(refusals + 1, mostPatience)
      if (!signal.aborted) log.info(`the trickle of orders rests: ${fault}`)
    }
  }
}
