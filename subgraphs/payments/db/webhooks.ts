import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Heard, WebhookDelivery, WebhookState } from '../domain/receive-webhook.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'provider',
  'event_id as eventId',
  'type',
  'intent_id as intentId',
  'setup_id as setupId',
  'dispute_id as disputeId',
  'state',
  'received',
  'attempts',
  'received_at as receivedAt',
  'processed_at as processedAt',
] as const

const newest = {
  name: 'newest',
  by: sql`received_at`,
  type: 'timestamptz',
  descending: true,
} as const

export class Webhooks {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<WebhookDelivery[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('webhook_deliveries').where('id', 'in', ids).select(columns).execute(),
    )
  }

  page({
    state,
    ...page
  }: Page & { state?: WebhookState | null | undefined }): Promise<Connection<WebhookDelivery>> {
    return this.#db.see(this.#caller, (tx) => {
      const all = tx.selectFrom('webhook_deliveries').select(columns)
      return this.#db.page(state ? all.where('state', '=', state) : all, { page, sort: newest })
    })
  }

  /** Once an event, however often it comes. */
  keep(heard: Heard, now: Date): Promise<string> {
    return this.#in(async (tx) => {
      const { rows } = await sql<{ id: string }>`
        insert into webhook_deliveries as deliveries (id, provider, event_id, type, intent_id,
          setup_id, dispute_id, state, received_at, due_at)
        values (${newId()}, 'stripe', ${heard.eventId}, ${heard.type}, ${heard.intentId},
          ${heard.setupId}, ${heard.disputeId}, 'RECEIVED', ${now}, ${now})
        on conflict (provider, event_id) do update set received = deliveries.received + 1
        returning id`.execute(tx)
      return rows[0]?.id ?? ''
    })
  }

  /** One that is not settled within half a minute, as its worker died, is due again. */
  claim(now: Date): Promise<(Heard & { readonly id: string })[]> {
    return this.#in(async (tx) => {
      const { rows } = await sql<Heard & { id: string }>`
        update webhook_deliveries set attempts = attempts + 1,
          due_at = ${now}::timestamptz + least(30 * 2 ^ attempts, 3600) * interval '1 second'
        where id in (select id from webhook_deliveries
          where state in ('RECEIVED', 'FAILED') and due_at <= ${now}
          order by due_at limit 200 for update skip locked)
        returning id, event_id as "eventId", type, intent_id as "intentId", setup_id as "setupId",
          dispute_id as "disputeId"`.execute(tx)
      return rows
    })
  }

  settle(ids: readonly string[], state: WebhookState, now: Date): Promise<void> {
    return this.#in(async (tx) => {
      await sql`update webhook_deliveries
        set state = ${state}, processed_at = ${state === 'FAILED' ? null : now}
        where id = any(${ids}::uuid[])`.execute(tx)
    })
  }

  /** As if it had just come. False where there is none. */
  replay(id: string, now: Date): Promise<boolean> {
    return this.#in(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('webhook_deliveries')
        .set({ state: 'RECEIVED', due_at: now })
        .where('id', '=', id)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }

  #in<R>(ask: (tx: Tx<Tables>) => Promise<R>): Promise<R> {
    return this.#db.one(this.#caller, ask)
  }
}
