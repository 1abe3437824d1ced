import { sql } from 'kysely'
import { z } from 'zod'
import { type Database, openDatabase } from '../database.ts'
import { announce, defineEvent, defineListener, type Place, placeOf } from '../events.ts'
import { serviceNamed } from '../identity.ts'
import { freshDatabase, standingAt } from '../testing.ts'

export interface Tables {
  notes: { place: number; event_id: string; aggregate_id: string; sequence: number }
  secrets: { id: string; owner: string; text: string }
}

export const service = serviceNamed('kit')

export const noted = defineEvent({
  name: 'kit.noted',
  version: 1,
  aggregate: 'note',
  data: z.object({ poison: z.boolean().default(false) }),
})

/** Writes down each event that it hears; of a poisoned one it writes, and then fails. */
const onNoted = defineListener({
  event: 'kit.noted',
  data: z.object({ poison: z.boolean() }),
  run: async ({ db }: { db: Database<Tables> }, { id, aggregateId, sequence, data }) => {
    await db.as(service, (tx) =>
      sql`insert into notes (event_id, aggregate_id, sequence)
        values (${id}, ${aggregateId}, ${sequence}::bigint)`.execute(tx),
    )
    if (data.poison) throw new Error('poison')
  },
})

export const migrations = new URL('migrations/', import.meta.url)

/** A database with kit's own tables, what lies in it, and the listener that writes to it. */
export async function notebook() {
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('kit', migrations))
  const standing = standingAt(new Date('2026-03-01T12:00:00Z'))
  const db = opening.use(openDatabase<Tables>(database.url, standing))
  const place: Place = placeOf(db, service)
  const opened = opening.move()
  return {
    database,
    db,
    place,
    standing,
    listeners: [onNoted.with({ db, service, world: (within) => ({ db: within }) })],
    note: (aggregateId: string, times = 1, poison = false) =>
      db.as(service, (tx) =>
        announce(
          tx,
          noted,
          Array.from({ length: times }, () => ({
            aggregateId,
            occurredAt: standing.clock.now(),
            data: { poison },
          })),
        ),
      ),
    notes: async () => {
      const rows = await database.run('select aggregate_id, sequence from notes order by place')
      return rows.map((row) => `${row.aggregate_id} ${row.sequence}`)
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
