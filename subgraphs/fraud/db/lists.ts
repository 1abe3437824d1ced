import type { Connection, Database, Page } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { Standings } from '../domain/assess-order.ts'
import type { ListEntry, ListName } from '../domain/manage-lists.ts'
import { listables } from '../domain/manage-lists.ts'
import type { OrderFacts } from '../domain/order-facts.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'list',
  'kind',
  'note',
  'added_at as addedAt',
  'added_by as addedBy',
  'expires_at as expiresAt',
] as const

const newestFirst = {
  name: 'newest',
  by: sql`added_at`,
  type: 'timestamptz',
  descending: true,
} as const

export class Lists {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<ListEntry[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('list_entries').where('id', 'in', ids).select(columns).execute(),
    )
  }

  page(list: ListName | null, page: Page): Promise<Connection<ListEntry>> {
    return this.#db.see(this.#caller, (tx) => {
      const all = tx.selectFrom('list_entries').select(columns)
      const wanted = list ? all.where('list', '=', list) : all
      return this.#db.page(wanted, { page, sort: newestFirst })
    })
  }

  async standings(facts: OrderFacts, now: Date): Promise<Standings> {
    const { rows } = await this.#db.see(this.#caller, (tx) =>
      sql<Standings>`
        select coalesce(bool_or(list = 'ALLOW'), false) as "isAllowListed",
          coalesce(bool_or(list = 'BLOCK'), false) as "isBlockListed"
        from list_entries
          join jsonb_to_recordset(${JSON.stringify(listables(facts))}::jsonb)
            as known(kind text, value text) using (kind, value)
        where expires_at is null or expires_at > ${now}`.execute(tx),
    )
    return rows[0] ?? { isAllowListed: false, isBlockListed: false }
  }

  /** Of one value there is one entry a list: put again, it says the newer. */
  put(entry: ListEntry, value: string): Promise<string> {
    const { id, list, kind, note, addedAt, addedBy, expiresAt } = entry
    const said = { note, added_at: addedAt, added_by: addedBy, expires_at: expiresAt }
    return this.#db.as(this.#caller, async (tx) => {
      const { id: there } = await tx
        .insertInto('list_entries')
        .values({ id, list, kind, value, ...said })
        .onConflict((conflict) => conflict.columns(['kind', 'value', 'list']).doUpdateSet(said))
        .returning('id')
        .executeTakeFirstOrThrow()
      return there
    })
  }

  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.as(this.#caller, (tx) =>
      tx.deleteFrom('list_entries').where('id', '=', id).executeTakeFirst(),
    )
    return numDeletedRows === 1n
  }
}
