import type pg from 'pg'
import type { Log } from './log.ts'

/**
 * SQLSTATE: connection exceptions, no room (on its disk, for a connection), shut down or not yet
 * up, and a transaction that was left open. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const statesAway = /^(08|53|57P0|25P03)/

/** What pg says of a connection, without a code. */
const words =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect)/

/** Whether PostgreSQL was away, and not the statement wrong. */
export function isLost(fault: unknown): boolean {
  const { code = '', message = '', syscall } = (fault ?? {}) as NodeJS.ErrnoException
  return syscall !== undefined ? isOfSocket(code) : statesAway.test(code) || words.test(message)
}

const isOfSocket = (code: string) =>
  ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'].includes(code)

/** A connection may go while somebody holds it and asks nothing: unheard, that would end the process. */
export function hearLosses(pool: pg.Pool, log: Log): void {
  pool.on('connect', (client) => {
    client.on('error', (fault) => log.error('a database connection was lost', fault))
  })
  // Of a connection that nobody holds, told above.
  pool.on('error', () => {})
}
