import type { Socket } from 'node:net'
import type pg from 'pg'

/** What a transaction begins with; more may follow in the same text. */
export const begin = 'begin; '

/** Begins a transaction of one statement: its commit is sent behind it, unasked. */
export const beginOne = 'begin /* for one */; '

/** Ends one whose statement was never sent; sent where it was, it does nothing and costs nothing. */
export const endOne = 'rollback /* for none */'

/** Ends a transaction that has only read. */
export const leave = 'commit /* of reads */'

export const preparedMark = '/* prepared */'

/** Seen so often, a statement is kept even where nobody said that it runs often. */
const often = 20
/** A kept statement costs each connection some ten kilobytes of the server's memory. */
const mostKept = 150

const isBeginning = (text: string) => text.startsWith(begin) || text.startsWith(beginOne)

type Send = (...args: unknown[]) => Promise<unknown>
type Naming = (text: string, values?: readonly unknown[]) => string | undefined

const nothing = { rows: [], command: '', rowCount: 0 }

/**
 * On connections that do not wait for one answer before they send the next statement: what begins a
 * transaction travels with its first statement, and what ends one that only read is not waited for.
 * Where either fails, so does what comes after it on the connection. What runs often is parsed and
 * planned once for a connection.
 */
export function sendWellIn(pool: pg.Pool): void {
  const nameOf = naming()
  pool.on('connect', (client) => {
    client.query = sendingOn(client, nameOf) as never
  })
}

/** The name that a statement is kept under, once it is worth keeping. */
function naming(): Naming {
  const names = new Map<string, string>()
  const isFrequent = counting()

  function nameOf(text: string, isMarked: boolean): string | undefined {
    const known = names.get(text)
    if (known || names.size >= mostKept) return known
    if (!isMarked && !isFrequent(text)) return
    const name = `kept ${names.size}`
    names.set(text, name)
    return name
  }

  return (text, values) => {
    const isMarked = text.endsWith(preparedMark)
    // Without values it may be several statements, which have no plan of their own.
    return isMarked || values?.length ? nameOf(text, isMarked) : undefined
  }
}

function counting(): (text: string) => boolean {
  const seen = new Map<string, number>()
  return (text) => {
    // What is written anew for each list it is asked with would fill the process otherwise.
    if (seen.size > 10 * mostKept) seen.clear()
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    return times >= often
  }
}

function sendingOn(client: pg.PoolClient, nameOf: Naming): Send {
  const query = client.query.bind(client) as Send
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  let isForOne = false

  function sendAlong(text: string): Promise<unknown> {
    query(text).catch(() => {})
    return Promise.resolve(nothing)
  }

  function sendBegin(text: string): Promise<unknown> {
    isForOne = text.startsWith(beginOne)
    stream.cork()
    setImmediate(() => stream.uncork())
    return sendAlong(text)
  }

  function sendStatement(text: string, rest: unknown[]): Promise<unknown> {
    const [values] = rest as [unknown[]?]
    const name = nameOf(text, values)
    return name ? query({ name, text, values }) : query(text, ...rest)
  }

  /** It has happened when its commit is answered too. */
  async function sendOne(text: string, rest: unknown[]): Promise<unknown> {
    isForOne = false
    const [answer] = await Promise.all([sendStatement(text, rest), query('commit')])
    return answer
  }

  function sendEnd(): Promise<unknown> {
    if (!isForOne) return Promise.resolve(nothing)
    isForOne = false
    return query(endOne)
  }

  return (text, ...rest) => {
    if (typeof text !== 'string') return query(text, ...rest)
    if (text === leave) return sendAlong(text)
    if (text === endOne) return sendEnd()
    if (isBeginning(text)) return sendBegin(text)
    return isForOne ? sendOne(text, rest) : sendStatement(text, rest)
  }
}
