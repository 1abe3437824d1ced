import { type Kysely, sql } from 'kysely'

/**
 * How many products of each status the shop and each category have, kept by the statements that
 * change them, so that a count is exact and costs nothing. Each is the sum of sixteen rows: whoever
 * writes takes a slot that nobody else is at, so that up to sixteen wait for nobody.
 */
export const up = (db: Kysely<unknown>) =>
  sql`
    create table listing_counts (
      category_id uuid not null,
      status      text not null,
      slot        smallint not null,
      products    integer not null,
      primary key (category_id, status, slot)
    ) with (fillfactor = 70);

    create function count_listings() returns trigger language plpgsql as $$
    declare
      sign constant integer := case tg_op when 'INSERT' then 1 else -1 end;
      its_slot integer := pg_backend_pid() % 16;
    begin
      for n in 0 .. 15 loop
        exit when pg_try_advisory_xact_lock(hashtext('listing_counts'), its_slot);
        its_slot := (its_slot + 1) % 16;
      end loop;
      perform pg_advisory_xact_lock(hashtext('listing_counts'), its_slot);
      insert into listing_counts as counts (category_id, status, slot, products)
        select category_id, status, its_slot, sign * count(*) from changed
        group by category_id, status order by category_id, status
        on conflict (category_id, status, slot) do update
          set products = counts.products + excluded.products;
      return null;
    end $$;

    create trigger listings_added after insert on listings
      referencing new table as changed for each statement execute function count_listings();
    create trigger listings_removed after delete on listings
      referencing old table as changed for each statement execute function count_listings();

    insert into listing_counts (category_id, status, slot, products)
      select category_id, status, 0, count(*) from listings group by category_id, status;
  `.execute(db)
