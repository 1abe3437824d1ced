import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Means } from '../domain/authorize-payment.ts'
import type { Tables } from './schema.ts'

/** Saved means of payment, as their owner may see and change them. */
export class Methods {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  async meansOf(id: string): Promise<Means | null> {
    if (!isId(id)) return null
    const saved = await this.#db.as(this.#caller, (tx) =>
      tx
        .selectFrom('payment_methods')
        .where('id', '=', id)
        .where('state', '=', 'SAVED')
        .select(['provider_id as method', 'customer'])
        .executeTakeFirst(),
    )
    return saved ?? null
  }
}
