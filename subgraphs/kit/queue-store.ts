import { runMigrations } from 'bullmq'
import pg from 'pg'

/** Where the queues lie: BullMQ's tables are made in `schema`, or its keys below `prefix`. */
export type QueueStore =
  | { readonly postgres: string; readonly schema: string }
  | { readonly redis: string; readonly prefix: string }

/** BullMQ's own, where they are not. */
export async function makeTables(store: Extract<QueueStore, { postgres: string }>): Promise<void> {
  const client = new pg.Client({ connectionString: store.postgres })
  await client.connect()
  try {
    await runMigrations(client, store.schema)
  } finally {
    await client.end()
  }
}
