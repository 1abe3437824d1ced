import type pg from 'pg'
import { remainingMs } from './deadline.ts'
import { Unavailable } from './errors.ts'
import type { Log } from './log.ts'

type Connect = (...args: unknown[]) => Promise<pg.PoolClient>

/** Nobody waits longer for one of the pool's connections. */
const longestMs = 5000

/** Who waited in vain for a connection is told to come again: nothing of theirs was done. */
export function tellBusy(pool: pg.Pool, log: Log): void {
  const connect = pool.connect.bind(pool) as Connect
  pool.connect = ((...args: unknown[]) =>
    args.length > 0 ? connect(...args) : inTime(connect(), log)) as never
}

function inTime(asked: Promise<pg.PoolClient>, log: Log): Promise<pg.PoolClient> {
  const late = Promise.withResolvers<never>()
  const patienceMs = Math.min(longestMs, remainingMs() ?? longestMs)
  const timer = setTimeout(() => {
    log.warn('no database connection was free in time')
    late.reject(new Unavailable('The shop is busy. Nothing was done; ask again.'))
    // One that comes after all is for the next.
    asked.then((client) => client.release()).catch(() => {})
  }, patienceMs)
  return Promise.race([asked, late.promise]).finally(() => clearTimeout(timer))
}

/** Lets every statement wait at a test's barrier. */
export function meetAt(barrier: (statement: string) => Promise<void>, pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
    client.query = (async (text: unknown, ...rest: unknown[]) => {
      await barrier(String(text))
      return query(text, ...rest)
    }) as never
  })
}
