import type { Connection, Database, Page } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Notice } from '../domain/notice.ts'
import { notificationAdded } from '../events.ts'
import type { Tables } from './schema.ts'

const columns = [
  'id',
  'user_id as userId',
  'kind',
  'order_id as orderId',
  'created_at as createdAt',
  'read_at as readAt',
] as const

const newestFirst = {
  name: 'newest',
  by: sql`created_at`,
  type: 'timestamptz',
  descending: true,
} as const

export interface NewNotice extends Pick<Notice, 'userId' | 'kind' | 'orderId'> {
  readonly eventId: string
}

export interface Unread {
  readonly userId: string
  readonly count: number
}

export class Notices {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Notice[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx.selectFrom('notifications').where('id', 'in', ids).select(columns).execute(),
    )
  }

  of(userId: string, isUnread: boolean, page: Page): Promise<Connection<Notice>> {
    return this.#db.see(this.#caller, (tx) => {
      const all = tx.selectFrom('notifications').where('user_id', '=', userId).select(columns)
      const wanted = isUnread ? all.where('read_at', 'is', null) : all
      return this.#db.page(wanted, { page, sort: newestFirst })
    })
  }

  unreadOf(userIds: readonly string[]): Promise<Unread[]> {
    return this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('notifications')
        .where('user_id', 'in', userIds)
        .where('read_at', 'is', null)
        .groupBy('user_id')
        .select(['user_id as userId', sql<number>`count(*)`.as('count')])
        .execute(),
    )
  }

  /** Whose order it is, as far as anything was told of it before. */
  async ownerOf(orderId: string): Promise<string | null> {
    const found = await this.#db.see(this.#caller, (tx) =>
      tx
        .selectFrom('notifications')
        .where('order_id', '=', orderId)
        .limit(1)
        .select('user_id as userId')
        .executeTakeFirst(),
    )
    return found?.userId ?? null
  }

  /** Once for an event, and told of in the same transaction. */
  async add({ userId, kind, orderId, eventId }: NewNotice, now: Date): Promise<void> {
    await this.#db.as(this.#caller, async (tx) => {
      const added = await tx
        .insertInto('notifications')
        .values({
          ...{ id: newId(), kind },
          user_id: userId,
          order_id: orderId,
          event_id: eventId,
          created_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
      if (!added) return
      const told = { aggregateId: added.id, occurredAt: now, data: { userId } }
      await announce(tx, notificationAdded, [told])
    })
  }

  async read(userId: string, id: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('notifications')
        .set({ read_at: sql<Date>`coalesce(read_at, ${now})` })
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst(),
    )
    return numUpdatedRows === 1n
  }

  async readAll(userId: string, now: Date): Promise<number> {
    const { numUpdatedRows } = await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('notifications')
        .set({ read_at: now })
        .where('user_id', '=', userId)
        .where('read_at', 'is', null)
        .executeTakeFirst(),
    )
    return Number(numUpdatedRows)
  }

  async clearRead(userId: string): Promise<number> {
    const { numDeletedRows } = await this.#db.as(this.#caller, (tx) =>
      tx
        .deleteFrom('notifications')
        .where('user_id', '=', userId)
        .where('read_at', 'is not', null)
        .executeTakeFirst(),
    )
    return Number(numDeletedRows)
  }
}
