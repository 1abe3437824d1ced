import { type Kysely, sql } from 'kysely'

/**
 * A row for each change, so that nobody who notes one waits for another, and what is noted while
 * the noted before is being told is told after it.
 */
export const up = (db: Kysely<unknown>) =>
  sql`
    alter table changed_variants drop constraint changed_variants_pkey;
    alter table changed_variants add column id bigint generated always as identity primary key;
  `.execute(db)
