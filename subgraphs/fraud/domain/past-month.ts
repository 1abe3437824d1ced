import type { KeyKind, OrderFacts } from './order-facts.ts'
import { keyKinds, type Past, windows } from './past.ts'

interface Sighting {
  readonly ms: number
  readonly what: 'ORDER' | 'FAILURE' | 'FRAUD'
  readonly orderId: string
  readonly email: string | null
  readonly card: string | null
}

export interface Seen {
  readonly orderId: string
  readonly facts: OrderFacts
  readonly at: Date
  readonly what: Sighting['what']
}

const hourMs = 3_600_000
const monthMs = 720 * hourMs

/** What is known of keys while orders of long ago are gone through one after the other: thirty days. */
export class PastMonth {
  readonly #seen = new Map<string, Sighting[]>()
  #sweptAt = 0

  saw({ orderId, facts, at, what }: Seen): void {
    const ms = at.getTime()
    const { email, card } = facts.keys
    for (const [kind, hash] of keysOf(facts)) {
      const key = `${kind} ${hash}`
      const all = this.#seen.get(key) ?? []
      all.push({ ms, what, orderId, email, card })
      this.#seen.set(key, all)
    }
    if (ms - this.#sweptAt > monthMs / 10) this.#forget(ms)
  }

  of(facts: OrderFacts, at: Date): Past {
    const ms = at.getTime()
    const known = new Map(keysOf(facts).map(([kind, hash]) => [kind, this.#lately(kind, hash, ms)]))
    const distinct = (kind: KeyKind, of: 'email' | 'card') => {
      const orders = known.get(kind)?.filter(({ what }) => what === 'ORDER')
      return orders ? new Set(orders.flatMap((each) => each[of] ?? [])).size : null
    }
    return {
      keys: Object.fromEntries([...known].map(([kind, all]) => [kind, countsOf(all, ms)])),
      emailsOfCard: distinct('card', 'email'),
      cardsOfEmail: distinct('email', 'card'),
      emailsOfDevice: distinct('device', 'email'),
    }
  }

  #lately(kind: KeyKind, hash: string, ms: number): Sighting[] {
    const all = this.#seen.get(`${kind} ${hash}`) ?? []
    return all.filter((each) => each.ms > ms - monthMs && each.ms <= ms)
  }

  #forget(ms: number): void {
    for (const [key, all] of this.#seen) {
      const left = all.filter((each) => each.ms > ms - monthMs)
      if (left.length === 0) this.#seen.delete(key)
      else this.#seen.set(key, left)
    }
    this.#sweptAt = ms
  }
}

export const keysOf = ({ keys }: OrderFacts): [KeyKind, string][] =>
  keyKinds.flatMap((kind): [KeyKind, string][] => (keys[kind] ? [[kind, keys[kind]]] : []))

function countsOf(all: readonly Sighting[], ms: number) {
  const orders = all.filter(({ what }) => what === 'ORDER')
  const dayAgo = ms - 24 * hourMs
  return {
    orders: windows.map(
      ({ hours }) => orders.filter((each) => each.ms > ms - hours * hourMs).length,
    ),
    failures: all.filter(({ what, ms: then }) => what === 'FAILURE' && then > dayAgo).length,
    frauds: new Set(all.flatMap(({ what, orderId }) => (what === 'FRAUD' ? orderId : []))).size,
  }
}
