import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`comment on table stock_movements is 'append-only'`.execute(db)
