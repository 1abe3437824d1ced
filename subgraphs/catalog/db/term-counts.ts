import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import { mostCounted } from './facets.ts'
import { everything } from './listing.ts'
import type { Tables } from './schema.ts'

/** Counts of the categories that are too large to be counted while somebody waits. */
export class TermCounts {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  /** Those that have changed since, a transaction each; nothing where no product has changed. */
  async renew(now: Date): Promise<void> {
    if (!(await this.#isStale())) return
    const { rows } = await this.#db.as(this.#caller, (tx) =>
      sql<{ id: string }>`select category_id as id from listings where status = 'ACTIVE'
        group by category_id having count(*) > ${mostCounted}`.execute(tx),
    )
    await this.#forget(rows.map(({ id }) => id))
    for (const { id } of rows) await this.#count(id, now)
  }

  async #isStale(): Promise<boolean> {
    const { rows } = await this.#db.as(this.#caller, (tx) =>
      sql<{ is_stale: boolean }>`
        select coalesce((select max(updated_at) from products) >=
          (select min(counted_at) from counted_categories), true) as is_stale`.execute(tx),
    )
    return rows[0]?.is_stale ?? false
  }

  /** What has become small is counted live again. */
  #forget(large: readonly string[]): Promise<unknown> {
    return this.#db.as(this.#caller, (tx) =>
      sql`with small as (
          delete from counted_categories where category_id <> all(${large}::uuid[])
        )
        delete from term_counts where category_id <> all(${large}::uuid[])`.execute(tx),
    )
  }

  #count(id: string, now: Date): Promise<void> {
    return this.#db.as(this.#caller, async (tx) => {
      await sql`delete from term_counts where category_id = ${id}`.execute(tx)
      await sql`
        insert into term_counts (category_id, term, products)
        select ${id}::uuid, term, count(*)
        from listings, unnest(terms) as each(term)
        where category_id = ${everything} and status = 'ACTIVE'
          and (${id} = ${everything} or terms @> array['in:' || ${id}::text])
        group by term having count(*) > 1 order by count(*) desc limit 5000`.execute(tx)
      await sql`
        insert into counted_categories (category_id, products, counted_at)
        select ${id}::uuid, count(*), ${now} from listings
        where category_id = ${id}::uuid and status = 'ACTIVE'
        on conflict (category_id) do update
          set products = excluded.products, counted_at = excluded.counted_at`.execute(tx)
    })
  }
}
