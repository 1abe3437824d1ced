import { type Kysely, sql } from 'kysely'

/**
 * Each term's products on sale, in every order that a list has: an index over an array has none, so
 * a page by price of two colours would fetch and sort all that have them. Kept by the statements
 * that change `listings`; a term is here by its hash, which is shorter than most.
 */
export const up = (db: Kysely<unknown>) =>
  sql`
    create table term_listings (
      term         bigint not null,
      product_id   uuid not null,
      created_at   timestamptz not null,
      amount_minor bigint not null,
      name_key     text collate "C" not null
    );
    create function list_terms() returns trigger language plpgsql as $$
    begin
      insert into term_listings (term, product_id, created_at, amount_minor, name_key)
        select hashtextextended(each.term, 0), product_id, created_at, amount_minor, name_key
        from changed, unnest(terms) as each(term) where status = 'ACTIVE'
        order by 1;
      return null;
    end $$;

    -- By the order of prices, which names a row as well as a key of its own would.
    create function unlist_terms() returns trigger language plpgsql as $$
    begin
      delete from term_listings as gone using changed, unnest(changed.terms) as each(term)
        where changed.status = 'ACTIVE' and gone.term = hashtextextended(each.term, 0)
          and gone.amount_minor = changed.amount_minor and gone.product_id = changed.product_id;
      return null;
    end $$;

    create trigger terms_added after insert on listings
      referencing new table as changed for each statement execute function list_terms();
    create trigger terms_removed after delete on listings
      referencing old table as changed for each statement execute function unlist_terms();

    insert into term_listings (term, product_id, created_at, amount_minor, name_key)
      select hashtextextended(each.term, 0), product_id, created_at, amount_minor, name_key
      from listings, unnest(terms) as each(term) where status = 'ACTIVE'
      order by 1;
    create index term_listings_newest on term_listings (term, created_at, product_id);
    create index term_listings_price on term_listings (term, amount_minor, product_id);
    create index term_listings_name on term_listings (term, name_key, product_id);
  `.execute(db)
