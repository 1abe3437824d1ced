import { type Database, openDatabase } from '@shop/kit/database'
import { defineEvent, defineListener } from '@shop/kit/events'
import { serviceNamed } from '@shop/kit/identity'
import { keysFrom } from '@shop/kit/keys'
import type { Log } from '@shop/kit/log'
import type { QueueStore } from '@shop/kit/workshop'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../../subgraphs/kit/test/notes.ts'

/** What a process of the campaign is started with, as JSON. */
export interface Part {
  readonly databaseUrl: string
  readonly store: QueueStore
  readonly seed: number
  readonly events: number
  readonly aggregates: number
  /** In milliseconds, between two batches that are announced. */
  readonly pauseMs: number
}

export const partIn = (words: readonly string[]): Part => JSON.parse(words[2] ?? '') as Part

export const service = serviceNamed('campaign')

export const routes = { 'campaign.noted': ['listener'] }

export const noted = defineEvent({
  name: 'campaign.noted',
  version: 1,
  aggregate: 'note',
  data: z.object({ poison: z.boolean() }),
})

/** Writes down each event; of a poisoned one it writes, and then fails. */
export const onNoted = defineListener({
  event: 'campaign.noted',
  data: z.object({ poison: z.boolean() }),
  run: async ({ db }: { db: Database<Tables> }, { id, aggregateId, sequence, data }) => {
    await db.as(service, (tx) =>
      sql`insert into notes (event_id, aggregate_id, sequence)
        values (${id}, ${aggregateId}, ${sequence}::bigint)`.execute(tx),
    )
    if (data.poison) throw new Error('poison')
  },
})

export const databaseOf = (url: string, log: Log) =>
  openDatabase<Tables>(url, { keys: keysFrom('campaign'), log })

export const listenersOn = (db: Database<Tables>) => [
  onNoted.with({ db, service, world: (within) => ({ db: within }) }),
]
