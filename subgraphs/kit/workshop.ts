import { createPostgresBackend, Queue, Worker, type WorkerOptions, withBackend } from 'bullmq'
import type { Job, Wanted } from './jobs.ts'
import type { Log } from './log.ts'
import type { QueueStore } from './queue-store.ts'
import { rhythmsOn } from './rhythms.ts'

export type { QueueStore } from './queue-store.ts'

export interface WorkshopSettings {
  readonly store: QueueStore
  readonly log: Log
}

/** Work of a queue of BullMQ: one worker, four jobs at once. */
export interface Workshop {
  add(queue: string, job: Wanted): Promise<void>
  worker(
    queue: string,
    run: (name: string, data: unknown) => Promise<void>,
  ): Promise<AsyncDisposable>
  every(queue: string, job: Job): Promise<void>
  /** Told whenever the store turns out to have lost what it held. */
  whenLost(act: () => void): Disposable
}

interface Classes {
  Queue: typeof Queue
  Worker: typeof Worker
}

export function workshopOn({ store, log }: WorkshopSettings): Workshop & AsyncDisposable {
  const classes = ('postgres' in store
    ? withBackend(createPostgresBackend)
    : { Queue, Worker }) as unknown as Classes
  const queues = new Map<string, Queue>()

  function queueNamed(name: string): Queue {
    const known = queues.get(name) ?? new classes.Queue(name, optionsOn(store, 2))
    if (!queues.has(name)) known.on('error', (fault) => log.error(`${name} has trouble`, fault))
    queues.set(name, known)
    return known
  }

  /** A connection whose making failed would fail for good: the next one is made anew. */
  function forget(name: string): void {
    const gone = queues.get(name)
    queues.delete(name)
    gone?.close().catch(() => {})
  }

  const rhythms = rhythmsOn({ store, log, queueNamed, forget })
  return {
    async add(queue, { name, payload, id, delayMs }) {
      const options = {
        attempts: 5,
        backoff: { type: 'exponential', delay: 1000 },
        ...(delayMs && { delay: delayMs }),
        ...kept,
        ...(id && { jobId: id, removeOnComplete: { count: 100 } }),
      }
      try {
        await queueNamed(queue).add(name, payload, options)
      } catch (fault) {
        forget(queue)
        rhythms.look()
        throw fault
      }
    },
    every: rhythms.keep,
    whenLost: rhythms.whenLost,
    worker: (queue, run) => working({ store, log, classes, look: rhythms.look }, queue, run),
    async [Symbol.asyncDispose]() {
      rhythms[Symbol.dispose]()
      await Promise.all([...queues.values()].map((queue) => queue.close()))
    },
  }
}

interface At extends WorkshopSettings {
  readonly classes: Classes
  look(): void
}

async function working(
  { store, log, classes, look }: At,
  ...[queue, run]: Parameters<Workshop['worker']>
): Promise<AsyncDisposable> {
  const options = { ...optionsOn(store, 3), concurrency: 4 }
  const worker = new classes.Worker(queue, (job) => run(job.name, job.data), options)
  let isClosing = false
  worker.on('failed', (job, fault) => log.error(`${job?.name ?? queue} failed`, fault))
  // A connection that is lost while it is being closed is no trouble.
  worker.on('error', (fault) => {
    if (isClosing) return
    log.error(`${queue} has trouble`, fault)
    look()
  })
  await worker.waitUntilReady()
  return {
    [Symbol.asyncDispose]: () => {
      isClosing = true
      return worker.close()
    },
  }
}

/** What failed for good is kept to be looked at. To keep some of what went well, all of it is sorted each time. */
const kept = { removeOnComplete: true, removeOnFail: { count: 1000 } }

/** A worker keeps one connection to itself to listen on: a pool of its own, or it starves. */
function optionsOn(store: QueueStore, connections: number): WorkerOptions {
  if ('redis' in store) {
    return { connection: { url: store.redis, maxRetriesPerRequest: null }, prefix: store.prefix }
  }
  const { postgres: connectionString, schema } = store
  const connection = { connectionString, schema, migrate: true, max: connections }
  return { connection } as unknown as WorkerOptions
}
