import { type Kysely, sql } from 'kysely'

/**
 * An index whose predicate names `held` would have every hold write to all indexes of the level, a
 * new entry each; of a variant that sells fast, what is dead soon outnumbers what is alive.
 */
export const up = (db: Kysely<unknown>) =>
  sql`
    drop index stock_levels_out;
    alter table stock_levels add is_out boolean not null generated always as (on_hand = held) stored;
    create index stock_levels_is_out on stock_levels (variant_id, warehouse_id) where is_out;
  `.execute(db)
