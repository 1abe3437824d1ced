import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`alter table assessments add column is_from_event boolean not null default false`.execute(db)
