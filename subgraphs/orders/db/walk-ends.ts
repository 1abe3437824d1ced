import { type Database, prepared, type Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import type { Identity } from '@shop/kit/identity'
import { reach } from '@shop/kit/points'
import { sql } from 'kysely'
import { type CancelReason, customerOf, isKnown, type OrderStatus } from '../domain/order.ts'
import { statusesBefore, unfinished } from '../domain/order-machine.ts'
import type { Leased, Recording } from '../domain/walk.ts'
import { orderCancelled, orderPaid } from '../events.ts'
import { recording } from './checkouts.ts'
import type { Tables } from './schema.ts'

interface Paid {
  owner: string
  currency: string
  totalMinor: number
  subtotalMinor: number
  discountMinor: number
  shippingMinor: number
  taxMinor: number
  country: string
  lines: { variantId: string; productId: string; quantity: number; totalMinor: number }[]
}

/** Where a walk's move is one of the order too: both, with what is told of it, or neither. */
export class WalkEnds {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  async rest(before: Leased, to: Recording, status: OrderStatus): Promise<boolean> {
    const { rows } = await this.#db.one(this.#service, (tx) =>
      sql`with moved as (${recording(before, to)} returning order_id), rested as (
          update orders set status = ${status}, version = version + 1 from moved
          where id = moved.order_id and status = any(${statusesBefore(status)}::text[])
          returning id
        ), stage as (
          insert into order_stages (order_id, status, at, actor, note)
          select id, ${status}, ${to.at}, 'SHOP', ${noteOf(to.checkout)} from rested
        )
        select from moved ${prepared}`.execute(tx),
    )
    return rows.length > 0
  }

  /** What was waited for has come, or is waited for no longer: it is told in the order's history. */
  async judge(before: Leased, to: Recording): Promise<boolean> {
    const { rows } = await this.#db.one(this.#service, (tx) =>
      sql`with moved as (${recording(before, to)} returning order_id), stage as (
          insert into order_stages (order_id, status, at, actor, note)
          select order_id, 'ON_HOLD', ${to.at}, 'SHOP', ${noteOf(to.checkout)} from moved
        )
        select from moved ${prepared}`.execute(tx),
    )
    return rows.length > 0
  }

  /** Paid for: the cart is over, and everybody may be told. */
  confirm(before: Leased, to: Recording): Promise<boolean> {
    return this.#db.as(this.#service, async (tx) => {
      const { rows } = await sql<Paid>`
        with moved as (${recording(before, to)} returning order_id, cart_id), paid as (
          update orders set status = 'CONFIRMED', paid_at = ${to.at}, version = version + 1
          from moved where id = moved.order_id and status = any(${statusesBefore('CONFIRMED')}::text[])
          returning orders.*
        ), stage as (
          insert into order_stages (order_id, status, at, actor)
          select id, 'CONFIRMED', ${to.at}, 'SHOP' from paid
        ), over as (
          update carts set state = 'ORDERED', updated_at = ${to.at} from moved where id = moved.cart_id
        )
        select owner, currency, total_minor as "totalMinor", subtotal_minor as "subtotalMinor",
          discount_minor as "discountMinor", shipping_minor as "shippingMinor",
          tax_minor as "taxMinor", country,
          (select json_agg(json_build_object('variantId', variant_id, 'productId', product_id,
            'quantity', quantity, 'totalMinor', item.total_minor) order by item.id)
            from order_items item where order_id = paid.id) as lines
        from moved left join paid on true ${prepared}`.execute(tx)
      const [paid] = rows
      if (!paid) return false
      const { owner, ...data } = paid
      if (!owner) throw new Error(`order ${before.orderId} is not one to be paid.`)
      const told = { aggregateId: before.orderId, occurredAt: to.at }
      await reach('orders.confirm.in')
      await announce(tx, orderPaid, [{ ...told, data: { customerId: customerOf(owner), ...data } }])
      return true
    })
  }

  /** Ends the order without a sale and gives the cart back; of what is over already it changes the walk alone. */
  cancel(before: Leased, to: Recording, reason: CancelReason): Promise<boolean> {
    return this.#db.as(this.#service, async (tx) => {
      const { rows } = await sql<Ended>`
        with moved as (${recording(before, to)} returning order_id, cart_id, act), ended as (
          update orders set status = 'CANCELLED', cancel_reason = ${reason}, version = version + 1
          from moved where id = moved.order_id and status = any(${unfinished}::text[])
          returning id, owner, placed_at
        ), stage as (
          insert into order_stages (order_id, status, at, actor)
          select id, 'CANCELLED', ${to.at}, ${actorOf(reason)} from ended
        ), thawed as (
          update carts set state = 'OPEN', order_id = null, updated_at = ${to.at} from moved
          where id = moved.cart_id and state = 'FROZEN' and carts.order_id = moved.order_id
        ), again as (
          delete from idempotent_acts using moved
          where ${reason === 'UNAVAILABLE'} and field = 'checkout'
            and caller = moved.act ->> 'caller' and key = moved.act ->> 'key'
        )
        select owner, placed_at as "placedAt", exists (select from order_stages
            where order_id = ended.id and status in ('AWAITING_PAYMENT', 'ON_HOLD')) as "hasRested"
        from moved left join ended on true ${prepared}`.execute(tx)
      const [moved] = rows
      if (moved?.owner) {
        const isHeardOf = isKnown({ ...moved, endedAt: to.at })
        const told = { reason, at: to.at, isKnown: isHeardOf }
        await tellCancelled(tx, { ...before, owner: moved.owner }, told)
      }
      return moved !== undefined
    })
  }
}

/** Shoppers read it too: what was thought of the order, and why, is not in it. */
const noteOf = ({ step, state, review }: Leased['checkout']): string | null => {
  if (step !== 'capture') return null
  if (state === 'WALKING') return 'The check has come: it goes on.'
  return review === 'UNJUDGED'
    ? 'A check is late, and is asked for again.'
    : 'A person looks at it.'
}

/** Without an owner where it was over already. */
type Ended =
  | { readonly owner: null }
  | { readonly owner: string; readonly placedAt: Date; readonly hasRested: boolean }

interface Told {
  reason: CancelReason
  at: Date
  isKnown: boolean
}

export async function tellCancelled(
  tx: Tx<Tables>,
  { orderId, owner }: { orderId: string; owner: string },
  { at, ...told }: Told,
): Promise<void> {
  const data = { customerId: customerOf(owner), ...told }
  await announce(tx, orderCancelled, [{ aggregateId: orderId, occurredAt: at, data }])
}

const actorOf = (reason: CancelReason) =>
  reason === 'BY_SHOPPER' ? 'SHOPPER' : reason === 'BY_STAFF' ? 'STAFF' : 'SHOP'
