import type pg from 'pg'
import { remainingMs } from './deadline.ts'
import { Unavailable } from './errors.ts'
import type { Log } from './log.ts'
import { isLost } from './lost.ts'
import { spanned } from './tracing.ts'

type Connect = (...args: unknown[]) => Promise<pg.PoolClient>

/** Nobody who is waited for waits longer for one of the pool's connections. */
const longestMs = 5000

/** Work that nobody waits for does not give up what it is in the middle of; shorter than its leases. */
const patientMs = 15_000

/** Who waited in vain for a connection is told to come again: nothing of theirs was done. */
export function tellBusy(pool: pg.Pool, log: Log): void {
  const connect = pool.connect.bind(pool) as Connect
  pool.connect = ((...args: unknown[]) =>
    args.length > 0 ? connect(...args) : inTime(made(connect(), log), log)) as never
}

async function made(asked: Promise<pg.PoolClient>, log: Log): Promise<pg.PoolClient> {
  try {
    return await asked
  } catch (fault) {
    if (!isLost(fault)) throw fault
    log.error('no connection to the database could be made', fault)
    throw new Unavailable('The shop is away for a moment. Nothing was done; ask again.')
  }
}

function inTime(asked: Promise<pg.PoolClient>, log: Log): Promise<pg.PoolClient> {
  const late = Promise.withResolvers<never>()
  const leftMs = remainingMs()
  const patienceMs = leftMs === undefined ? patientMs : Math.min(longestMs, leftMs)
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

/** Each statement is a span, called by how it begins: what it holds is a shopper's. */
export function traceOn(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
    client.query = ((text: unknown, ...rest: unknown[]) => {
      if (typeof text !== 'string') return query(text, ...rest)
      const statement = text.trim().split(/\s+/, 6).join(' ')
      return spanned('sql', { statement }, () => query(text, ...rest))
    }) as never
  })
}
