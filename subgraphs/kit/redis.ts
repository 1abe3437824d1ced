import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Log } from './log.ts'

/** Slower than this is as good as gone: what Redis is for has a local form that answers at once. */
const slow = 50
const probeEveryMs = 250

/** A connection that never waits for a server that is away, and never sends a command twice. */
export function redisAt(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    connectTimeout: 1_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
  })
  let isTold = false
  redis.on('error', (fault) => {
    if (!isTold) log.warn('Redis cannot be reached', fault)
    isTold = true
  })
  redis.on('ready', () => {
    isTold = false
  })
  return redis
}

/** Redis as something one can do without: every question may go unanswered, and none waits long. */
export interface Shared extends AsyncDisposable {
  readonly isAway: boolean
  /** The answer, or undefined when Redis is slow, gone or refuses; then nobody asks again until it is back. */
  ask<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined>
}

/** Opens whether or not the server is there. */
export async function openShared(url: string, log: Log, slowMs = slow): Promise<Shared> {
  const redis = redisAt(url, log)
  const ending = new AbortController()
  let isAway = false

  async function leave(fault: unknown): Promise<void> {
    if (isAway) return
    isAway = true
    log.warn('the shared store is slow or gone: counts and caches are local meanwhile', fault)
    try {
      do await delay(probeEveryMs, undefined, { signal: ending.signal, ref: false })
      while (!(await answers(redis, slowMs)))
    } catch {
      return
    }
    isAway = false
    log.info('the shared store is back')
  }

  await Promise.race([
    new Promise((ready) => redis.once('ready', ready)),
    delay(2_000, undefined, { ref: false }),
  ])
  if (redis.status !== 'ready') void leave(new Error('not reached within 2 s'))
  return {
    get isAway() {
      return isAway
    },
    async ask(command) {
      if (isAway) return undefined
      try {
        return await within(slowMs, command(redis))
      } catch (fault) {
        void leave(fault)
        return undefined
      }
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      redis.disconnect()
    },
  }
}

const answers = (redis: Redis, slowMs: number) =>
  within(slowMs, redis.ping()).then(
    () => true,
    () => false,
  )

/** A busy event loop is not a slow Redis: an answer that has already come in is read first. */
export function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${ms} ms`))
    const timer = setTimeout(() => setImmediate(late), ms)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
