import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { Quote } from '../domain/quote.ts'
import type { Tables } from './schema.ts'

export class Quotes {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  async keep({ id, owner, cartId, cartVersion, asked, price, names, expiresAt }: Quote) {
    await this.#db.one(this.#caller, (tx) =>
      sql`insert into quotes (id, owner, cart_id, cart_version, asked, price, names, expires_at)
        values (${id}, ${owner}, ${cartId}, ${cartVersion}, ${JSON.stringify(asked)},
          ${JSON.stringify(price)}, ${JSON.stringify(names)}, ${expiresAt})`.execute(tx),
    )
  }

  withIds(ids: readonly string[]): Promise<Quote[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('quotes')
        .where('id', 'in', ids)
        .select([
          'id',
          'owner',
          'cart_id as cartId',
          'cart_version as cartVersion',
          'asked',
          'price',
          'names',
          'expires_at as expiresAt',
        ])
        .execute(),
    )
  }

  /** A quote that nobody bought by is of no use a day later. */
  async forget(before: Date): Promise<void> {
    await this.#db.one(this.#caller, (tx) =>
      sql`delete from quotes where id in
        (select id from quotes where expires_at < ${before} limit 10000)`.execute(tx),
    )
  }
}
