import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { type RawBuilder, sql } from 'kysely'
import type { Tables } from './schema.ts'

/** Nothing was captured yet, and it goes on or waits. */
const isOpen = sql`cancel is null
  and (state = 'RESTING' or state = 'WALKING' and step not in ('capture', 'confirm'))`

/** What others came to suspect of an order. Before the money is taken its walk obeys; then parcels stay. */
export class Suspicions {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  /** To be looked at, unless somebody has, or is about to. */
  async doubt(orderId: string, at: Date): Promise<void> {
    const isFlagged = await this.#flag(sql`update checkouts set review = 'PENDING'
      where order_id = ${orderId} and review is null and ${isOpen}`)
    if (!isFlagged && !(await this.#wasLookedAt(orderId))) await this.withhold(orderId, at)
  }

  /** It is not to be: whoever let it go before did not know. */
  async condemn(orderId: string, at: Date): Promise<void> {
    const isFlagged = await this.#flag(sql`update checkouts set review = 'REJECTED',
        due_at = case when state = 'RESTING' then ${at} else due_at end
      where order_id = ${orderId} and ${isOpen}`)
    if (!isFlagged) await this.withhold(orderId, at)
  }

  /** Of what is paid and has not left the house. */
  async withhold(orderId: string, at: Date): Promise<void> {
    await this.#db.as(this.#service, (tx) =>
      sql`update orders set withheld_at = ${at}, version = version + 1
        where id = ${orderId} and withheld_at is null and shipped_at is null
          and status in ('CONFIRMED', 'PROCESSING', 'PARTIALLY_REFUNDED')`.execute(tx),
    )
  }

  async #wasLookedAt(orderId: string): Promise<boolean> {
    const rows = await this.#db.alone(sql<{ review: string | null }>`
      select review from checkouts where order_id = ${orderId}`)
    return rows.some(({ review }) => review !== null)
  }

  async #flag(update: RawBuilder<unknown>): Promise<boolean> {
    const rows = await this.#db.alone(sql<{ id: string }>`${update} returning order_id as id`)
    return rows.length > 0
  }
}
