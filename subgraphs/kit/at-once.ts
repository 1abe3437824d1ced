import { sql } from 'kysely'
import { claimsOf, type Database, prepared } from './database.ts'
import { remainingMs } from './deadline.ts'
import type { Identity } from './identity.ts'
import { isLost } from './lost.ts'
import { reach } from './points.ts'
import { together } from './together.ts'

/** Of an act, what a repeat of it is known by. */
export interface Row {
  readonly caller: string
  readonly field: string
  readonly key: string
  readonly hash: string
}

/**
 * The form of an act that is one function of the schema. With its key, its outcome and the commit
 * it is one round trip, so that what it locks is locked for as long as PostgreSQL works and no
 * longer. What such a function cannot do it refuses with `raise exception using errcode = 'SHOP1'`:
 * then nothing has happened, and the act is done at length.
 */
export type AtOnce<Input> = (input: Input) => {
  /** Takes `given`, and gives the outcome where it is not the one that is expected. */
  readonly by: string
  readonly given: object
  readonly expected: object
  /** The one row that it locks, where it locks but one: who wants the same one goes along. */
  readonly wants?: string
} | null

export type Short = NonNullable<ReturnType<AtOnce<never>>> & {
  readonly identity: Identity
  readonly row: Row
}

interface Done {
  readonly state: 'done' | 'before' | 'busy' | 'conflict' | 'at length'
  readonly outcome: unknown
}

/** Without an outcome it has to be done at length. */
export async function inOneTrip<T>(db: Database<T>, short: Short): Promise<Done> {
  const { identity, row, by, given, expected } = short
  const lockMs = String(remainingMs() ?? 0)
  const act = { ...claimsOf(identity), lockMs, row, expected, by, given }
  const { alone, shared } = roadsOf(db as Database<unknown>)
  const asked = short.wants ? shared(`${by} ${short.wants}`, act) : alone(act)
  const [, done] = await Promise.all([reach(`${row.field}.in`), asked])
  return done
}

/** So many share a commit; the answer of the first waits for the work of the last. */
const most = 32

interface Roads {
  alone(act: object): Promise<Done>
  shared(key: string, act: object): Promise<Done>
}

const roads = new WeakMap<Database<unknown>, Roads>()

function roadsOf(db: Database<unknown>): Roads {
  const known = roads.get(db)
  if (known) return known
  const send = (acts: readonly object[]) =>
    db.alone(sql<Done>`
    select state, outcome from acts_at_once(${JSON.stringify(acts)}::jsonb) ${prepared}`)
  const made: Roads = {
    alone: async (act) => (await send([act]))[0] as Done,
    shared: together({ send, isUndone, most }),
  }
  roads.set(db, made)
  return made
}

/** A fault that the server tells is one that it has rolled back. */
const isUndone = (fault: unknown): boolean =>
  !isLost(fault) && /^[0-9A-Z]{5}$/.test(String((fault as { code?: unknown }).code))
