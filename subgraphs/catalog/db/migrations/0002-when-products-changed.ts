import { type Kysely, sql } from 'kysely'

export const up = (db: Kysely<unknown>) =>
  sql`
    -- For the job that counts the facets of large categories: it asks whether anything changed.
    create index products_updated_at on products (updated_at);

    -- Writing many products is a third faster with a short list of what is pending; a search reads
    -- through it, so it is kept to half a megabyte.
    alter index listings_terms set (fastupdate = on, gin_pending_list_limit = 512);
  `.execute(db)
