import type { Database } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { MoneyBack, Move, Moves, Parcel } from '../domain/moves.ts'
import { type CancelReason, customerOf, type Order, type OrderStatus } from '../domain/order.ts'
import { orderDelivered, orderShipped } from '../events.ts'
import { orderColumns } from './orders.ts'
import type { Tables } from './schema.ts'
import { tellCancelled } from './walk-ends.ts'

/** What people and their money do to an order, each in a transaction that has locked it. */
export class OrderMoves implements Moves {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  /** The walk first, as walks themselves do when they end: otherwise the two could wait for each other. */
  lock(orderId: string): Promise<Order | null> {
    return this.#db.as(this.#caller, async (tx) => {
      await sql`select from checkouts where order_id = ${orderId} for update`.execute(tx)
      const one = tx.selectFrom('orders').where('id', '=', orderId).forUpdate()
      return (await one.select(orderColumns).executeTakeFirst()) ?? null
    })
  }

  async move(order: Order, to: OrderStatus, { at, by, note = null }: Move): Promise<void> {
    await this.#db.as(this.#caller, async (tx) => {
      await sql`
        with moved as (
          update orders set status = ${to}, version = version + 1,
            delivered_at = case when ${to === 'DELIVERED'} then ${at} else delivered_at end
          where id = ${order.id} returning id
        )
        insert into order_stages (order_id, status, at, actor, note)
        select id, ${to}, ${at}, ${by}, ${note} from moved`.execute(tx)
      if (to === 'DELIVERED') await this.#tellDelivered(order, at)
    })
  }

  /** Of one that is paid: the walk is to give back what it took. */
  async cancel(order: Order, reason: CancelReason, move: Move): Promise<void> {
    await this.move(order, 'CANCELLED', move)
    await this.#db.as(this.#caller, async (tx) => {
      await sql`update orders set cancel_reason = ${reason} where id = ${order.id}`.execute(tx)
      const told = { reason, at: move.at, isKnown: true }
      await tellCancelled(tx, { orderId: order.id, owner: order.owner }, told)
    })
  }

  /** A flag that the walk obeys; false where it is over, and for one that is flagged already. */
  async flagCancel(orderId: string, by: 'BY_SHOPPER' | 'BY_STAFF', at: Date): Promise<boolean> {
    const rows = await this.#db.alone(sql<{ id: string }>`
      update checkouts set cancel = ${by},
        due_at = case when state in ('RESTING', 'DONE') then ${at} else due_at end
      where order_id = ${orderId} and cancel is null and state in ('WALKING', 'RESTING', 'DONE')
      returning order_id as id`)
    return rows.length > 0
  }

  async flagReview(orderId: string, to: 'RELEASED' | 'REJECTED', at: Date): Promise<boolean> {
    const rows = await this.#db.alone(sql<{ id: string }>`
      update checkouts set review = ${to},
        due_at = case when state = 'RESTING' then ${at} else due_at end
      where order_id = ${orderId} and review in ('UNJUDGED', 'PENDING')
        and state in ('WALKING', 'RESTING')
      returning order_id as id`)
    return rows.length > 0
  }

  async letGo(orderId: string): Promise<boolean> {
    const { rows } = await this.#db.as(this.#caller, (tx) =>
      sql`update orders set withheld_at = null, version = version + 1
        where id = ${orderId} and withheld_at is not null returning id`.execute(tx),
    )
    return rows.length > 0
  }

  /** Something came from outside that a walk may rest for, or be trying again: false where it does not. */
  async stir(orderId: string, at: Date): Promise<boolean> {
    const rows = await this.#db.alone(sql<{ id: string }>`update checkouts set due_at = ${at}
      where order_id = ${orderId} and (state = 'RESTING' or tries > 0)
      returning order_id as id`)
    return rows.length > 0
  }

  /** The stock is gone: whoever rests for a bank has rested long enough. */
  async expire(orderId: string, at: Date): Promise<void> {
    await this.#db.alone(sql`update checkouts set due_at = ${at}, deadline_at = ${at},
        is_extended = true
      where order_id = ${orderId} and step = 'authorize' and state in ('WALKING', 'RESTING')`)
  }

  async leftOf(orderId: string): Promise<Map<string, number>> {
    const { rows } = await this.#db.as(this.#caller, (tx) =>
      sql<{ id: string; left: number }>`
        select item.id, item.quantity - coalesce(sum(sent.quantity), 0) as left
        from order_items item left join fulfillment_items sent on order_item_id = item.id
        where order_id = ${orderId} group by item.id`.execute(tx),
    )
    return new Map(rows.map(({ id, left }) => [id, Number(left)]))
  }

  async ship(order: Order, parcel: Parcel): Promise<void> {
    const { id, carrier, trackingNumber, trackingUrl, shippedAt, lines } = parcel
    const sent = JSON.stringify(
      lines.map(({ itemId, quantity }) => ({ item_id: itemId, quantity })),
    )
    await this.#db.as(this.#caller, async (tx) => {
      const { rows } = await sql<{ variantId: string; quantity: number }>`
        with parcel as (
          insert into fulfillments (id, order_id, carrier, tracking_number, tracking_url, shipped_at)
          values (${id}, ${order.id}, ${carrier}, ${trackingNumber}, ${trackingUrl}, ${shippedAt})
          returning id
        ), wanted as (
          select * from jsonb_to_recordset(${sent}::jsonb) as line(item_id uuid, quantity integer)
        ), lines as (
          insert into fulfillment_items (fulfillment_id, order_item_id, quantity)
          select parcel.id, item_id, quantity from parcel, wanted
        ), shipped as (
          update orders set shipped_at = coalesce(shipped_at, ${shippedAt}) where id = ${order.id}
        )
        select variant_id as "variantId", wanted.quantity
        from wanted join order_items on order_items.id = item_id order by variant_id`.execute(tx)
      const data = { customerId: customerOf(order.owner), fulfillmentId: id, lines: rows }
      await announce(tx, orderShipped, [{ aggregateId: order.id, occurredAt: shippedAt, data }])
    })
  }

  async refund(order: Order, { refundedMinor, status }: MoneyBack, move: Move): Promise<void> {
    await this.#db.as(this.#caller, (tx) =>
      tx
        .updateTable('orders')
        .set({ refunded_minor: refundedMinor })
        .where('id', '=', order.id)
        .execute(),
    )
    if (status) await this.move(order, status, move)
  }

  async #tellDelivered(order: Order, occurredAt: Date): Promise<void> {
    await this.#db.as(this.#caller, async (tx) => {
      const { rows: lines } = await sql<Line>`
        select variant_id as "variantId", product_id as "productId", quantity
        from order_items where order_id = ${order.id} order by id`.execute(tx)
      const data = { customerId: customerOf(order.owner), lines }
      await announce(tx, orderDelivered, [{ aggregateId: order.id, occurredAt, data }])
    })
  }
}

interface Line {
  variantId: string
  productId: string
  quantity: number
}
