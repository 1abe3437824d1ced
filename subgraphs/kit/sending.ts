import type { Socket } from 'node:net'
import type pg from 'pg'

/** What a transaction begins with; more may follow in the same text. */
export const begin = 'begin; '

/** Ends a transaction that has only read. */
export const leave = 'commit /* of reads */'

export const preparedMark = '/* prepared */'

type Send = (...args: unknown[]) => Promise<unknown>

const nothing = { rows: [], command: '', rowCount: 0 }

/**
 * On connections that do not wait for one answer before they send the next statement: what begins a
 * transaction travels with its first statement, and what ends one that only read is not waited for.
 * Where either fails, so does what comes after it on the connection.
 */
export function sendWellIn(pool: pg.Pool): void {
  const names = new Map<string, string>()

  function nameOf(text: string): string {
    const name = names.get(text) ?? `kept ${names.size}`
    names.set(text, name)
    return name
  }

  pool.on('connect', (client) => {
    client.query = sendingOn(client, nameOf) as never
  })
}

function sendingOn(client: pg.PoolClient, nameOf: (text: string) => string): Send {
  const query = client.query.bind(client) as Send
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection

  function sendAlong(text: string): Promise<unknown> {
    query(text).catch(() => {})
    return Promise.resolve(nothing)
  }

  return (text, ...rest) => {
    if (typeof text !== 'string') return query(text, ...rest)
    if (text === leave) return sendAlong(text)
    if (text.endsWith(preparedMark)) return query({ name: nameOf(text), text, values: rest[0] })
    if (!text.startsWith(begin)) return query(text, ...rest)
    stream.cork()
    setImmediate(() => stream.uncork())
    return sendAlong(text)
  }
}
