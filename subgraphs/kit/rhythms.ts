import type { Queue } from 'bullmq'
import type { Job } from './jobs.ts'
import type { Log } from './log.ts'
import { makeTables, type QueueStore } from './queue-store.ts'

export interface Rhythms extends Disposable {
  /** From now on the job is done every so often. */
  keep(queue: string, job: Job): Promise<void>
  /** Looks now: something went wrong that may be a loss. */
  look(): void
  whenLost(act: () => void): Disposable
}

interface Settings {
  readonly store: QueueStore
  readonly log: Log
  readonly queueNamed: (name: string) => Queue
  readonly forget: (name: string) => void
}

const lookMs = 5000
const kept = { removeOnComplete: true, removeOnFail: { count: 1000 } }

/**
 * What is to be done again and again, and the tables that it stands in. A store may lose all it
 * holds while its workers stand: both are looked for every five seconds, and put back.
 */
export function rhythmsOn({ store, log, queueNamed, forget }: Settings): Rhythms {
  const all: { queue: string; job: Job }[] = []
  const concerned = new Set<() => void>()
  let [isLooking, isOver] = [false, false]

  const schedule = (queue: string, { name, everyMs = 0 }: Job) =>
    queueNamed(queue).upsertJobScheduler(name, { every: everyMs }, { name, data: {}, opts: kept })

  async function isKept(queue: string, { name, everyMs = 0 }: Job): Promise<boolean> {
    try {
      const kept = await queueNamed(queue).getJobScheduler(name)
      // A clock that was ahead and was set back: what is next would be waited for as long as it was off.
      const isAhead = (kept?.next ?? 0) - Date.now() > everyMs + lookMs
      if (isAhead) await queueNamed(queue).removeJobScheduler(name)
      return kept !== undefined && !isAhead
    } catch (fault) {
      forget(queue)
      if (!isGone(fault) || !('postgres' in store)) throw fault
      await makeTables(store)
      return false
    }
  }

  async function restore(): Promise<void> {
    let isLost = false
    for (const { queue, job } of all) {
      if (await isKept(queue, job)) continue
      await schedule(queue, job)
      isLost = true
    }
    if (isLost) for (const act of concerned) act()
  }

  function look(): void {
    if (isLooking) return
    isLooking = true
    restore()
      .catch((fault) => {
        if (!isOver) log.error('what queues repeat cannot be looked at', fault)
      })
      .finally(() => {
        isLooking = false
      })
  }

  const timer = setInterval(look, lookMs)
  return {
    async keep(queue, job) {
      await schedule(queue, job)
      all.push({ queue, job })
    },
    look,
    whenLost(act) {
      concerned.add(act)
      return { [Symbol.dispose]: () => void concerned.delete(act) }
    },
    [Symbol.dispose]() {
      isOver = true
      clearInterval(timer)
    },
  }
}

/** No such schema, table or function. */
const isGone = (fault: unknown) =>
  ['3F000', '42P01', '42883'].includes((fault as { code?: string }).code ?? '')
