import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { CartPrice } from '../domain/price.ts'
import type { Tables } from './schema.ts'

interface Kept {
  readonly price: CartPrice
  readonly expiresAt: Date
}

/** Quotes that a shopper did not ask for: what an order would cost now that its price has changed. */
export class Requotes {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  /** Of the cart as it was ordered, where that quote is still there; gives the new one's id. */
  async keep(orderId: string, { price, expiresAt }: Kept): Promise<string | null> {
    const id = newId()
    const { rows } = await this.#db.one(this.#service, (tx) =>
      sql`insert into quotes (id, owner, cart_id, cart_version, asked, price, names, expires_at)
        select ${id}, quote.owner, quote.cart_id, cart_version, asked, ${JSON.stringify(price)}::jsonb,
          names, ${expiresAt}
        from orders join quotes quote on quote.id = orders.quote_id
        where orders.id = ${orderId} returning id`.execute(tx),
    )
    return rows.length > 0 ? id : null
  }
}
