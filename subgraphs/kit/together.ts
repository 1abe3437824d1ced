import { AsyncLocalStorage } from 'node:async_hooks'

type Within = <R>(work: () => R) => R

interface Waiting<In, Out> {
  readonly one: In
  readonly told: PromiseWithResolvers<Out>
  /** For whom it is sent: with it go their deadline and their trace. */
  readonly within: Within
}

interface Lane<In, Out> {
  isUnderWay: boolean
  waiting: Waiting<In, Out>[]
}

interface Sharing<In, Out> {
  /** Gives what became of each, in their order. */
  readonly send: (all: readonly In[]) => Promise<readonly Out[]>
  /** Whether nothing of what was sent has happened: then each is sent alone. */
  readonly isUndone: (fault: unknown) => boolean
  /** How many of a key are sent in one. */
  readonly most: number
}

/**
 * What comes for one key while others of that key are under way waits, and is sent together: where
 * many want the same row, they queue here and share one trip and one commit, instead of queueing
 * for its lock with a connection each. Alone, nobody waits (flat combining, Hendler et al. 2010).
 */
export function together<In, Out>({ send, isUndone, most }: Sharing<In, Out>) {
  const byKey = new Map<string, Lane<In, Out>>()

  function go(key: string, lane: Lane<In, Out>): void {
    if (lane.isUnderWay) return
    if (lane.waiting.length === 0) {
      byKey.delete(key)
      return
    }
    lane.isUnderWay = true
    void sent(lane.waiting.splice(0, most)).finally(() => {
      lane.isUnderWay = false
      go(key, lane)
    })
  }

  async function sent(all: readonly Waiting<In, Out>[]): Promise<void> {
    const within: Within = all.at(-1)?.within ?? AsyncLocalStorage.snapshot()
    try {
      const outcomes = await within(() => send(all.map(({ one }) => one)))
      all.forEach(({ told }, at) => void told.resolve(outcomes[at] as Out))
    } catch (fault) {
      await failed(all, fault)
    }
  }

  async function failed(all: readonly Waiting<In, Out>[], fault: unknown): Promise<void> {
    const isEachAlone = all.length > 1 && isUndone(fault)
    for (const each of all) isEachAlone ? await sent([each]) : each.told.reject(fault)
  }

  return (key: string, one: In): Promise<Out> => {
    const lane = byKey.get(key) ?? { isUnderWay: false, waiting: [] }
    byKey.set(key, lane)
    const told = Promise.withResolvers<Out>()
    lane.waiting.push({ one, told, within: AsyncLocalStorage.snapshot() })
    go(key, lane)
    return told.promise
  }
}
