import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    alter table orders add withheld_at timestamptz;
    -- Whose address was found to be theirs: guests' orders under it are still to join them.
    create table joining_users (user_id uuid primary key, at timestamptz not null default now());
  `.execute(db)
