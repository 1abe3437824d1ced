import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { Attempt } from '../domain/payment.ts'
import { attemptsIn } from './columns.ts'
import type { Tables } from './schema.ts'

export class Unfinished {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  /** What waits for the shopper is looked at once a minute: the bank's word comes by itself, mostly. */
  attempts(now: Date): Promise<(Attempt & { readonly isUndone: boolean })[]> {
    return this.#db.as(this.#service, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        update payment_attempts set looked_at = ${now} where id in (
          select id from payment_attempts
          where (state in ('PENDING', 'REQUIRES_ACTION') or stray is not null)
            and (leased_until is null or leased_until <= ${now})
            and coalesce(looked_at, created_at) <= ${now}::timestamptz
              - case when state = 'REQUIRES_ACTION' then interval '60 seconds' else interval '15 seconds' end
          order by created_at limit 50 for update skip locked
        ) returning id`.execute(tx)
      if (rows.length === 0) return []
      const ids = rows.map(({ id }) => id)
      return attemptsIn(tx)
        .where('attempt.id', 'in', ids)
        .select(sql<boolean>`payment.undone_at is not null`.as('isUndone'))
        .execute()
    })
  }

  refunds(now: Date): Promise<string[]> {
    return this.#db.as(this.#service, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        update refunds set sent_at = ${now} where id in (
          select id from refunds where state = 'PENDING'
            and (leased_until is null or leased_until <= ${now})
            and coalesce(sent_at, created_at) <= ${now}::timestamptz - interval '15 seconds'
          order by created_at limit 50 for update skip locked
        ) returning id`.execute(tx)
      return rows.map(({ id }) => id)
    })
  }
}
