import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`comment on table order_stages is 'append-only'`.execute(db)
