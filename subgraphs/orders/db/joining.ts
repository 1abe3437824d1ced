import type { Database } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import { unfinished } from '../domain/order-machine.ts'
import { orderJoined } from '../events.ts'
import type { Tables } from './schema.ts'

interface Joined {
  readonly emailHash: string
  readonly at: Date
}

/** Orders of guests whose address turned out to be a shopper's. */
export class Joining {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  async begin(userId: string): Promise<void> {
    await this.#db.alone(sql`insert into joining_users (user_id) values (${userId})
      on conflict do nothing returning user_id as id`)
  }

  async waiting(): Promise<string[]> {
    const rows = await this.#db.alone(
      sql<{ id: string }>`select user_id as id from joining_users order by at limit 50`,
    )
    return rows.map(({ id }) => id)
  }

  /** Those that are still being made stay with whom they were begun by: false while there are some. */
  join(userId: string, { emailHash, at }: Joined): Promise<boolean> {
    return this.#db.as(this.#service, async (tx) => {
      const { rows } = await sql<{ id: string; isOver: boolean }>`
        with guests as materialized (
          select id, status <> all(${unfinished}::text[]) as is_over from orders
          where email_hash = ${emailHash} and owner like 'guest:%' for update
        ), joined as (
          update orders set owner = ${`user:${userId}`}, version = version + 1
          from guests where orders.id = guests.id and is_over
        )
        select id, is_over as "isOver" from guests order by id`.execute(tx)
      const over = rows.filter(({ isOver }) => isOver)
      const data = { customerId: userId }
      await announce(
        tx,
        orderJoined,
        over.map(({ id }) => ({ aggregateId: id, occurredAt: at, data })),
      )
      return over.length === rows.length
    })
  }

  async end(userId: string): Promise<void> {
    await this.#db.alone(
      sql`delete from joining_users where user_id = ${userId} returning user_id as id`,
    )
  }
}
