import { randomFrom } from '@shop/kit/learn/random'

/** The aggregate of each event, and whether it is poisoned: one in each of the last three aggregates. */
export function planOf({
  seed,
  events,
  aggregates,
}: Record<'seed' | 'events' | 'aggregates', number>) {
  const { below } = randomFrom(seed)
  const owners = Array.from({ length: events }, () => `a${below(aggregates)}`)
  const poisoned = new Set(
    [1, 2, 3].map((from) => {
      const own = owners.flatMap((owner, n) => (owner === `a${aggregates - from}` ? [n] : []))
      return own[Math.floor(own.length / 3)]
    }),
  )
  return owners.map((aggregateId, n) => ({ aggregateId, poison: poisoned.has(n) }))
}

export type Fault = 'producer' | 'listener' | 'store'

/** What is killed, and how long after the last. */
export function scheduleOf(seed: number, faults: number, most: number) {
  const { below, shuffled } = randomFrom(seed + 1)
  const kinds = (['producer', 'listener', 'store'] as const).flatMap((kind) =>
    Array.from({ length: Math.ceil(faults / 3) }, (): Fault => kind),
  )
  return shuffled(kinds).map((kind) => ({ kind, afterMs: Math.round(most / 4) + below(most) }))
}
