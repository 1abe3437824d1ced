import { type Database, prepared } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { type RawBuilder, sql } from 'kysely'
import type { Checkout } from '../domain/checkout-machine.ts'
import type { Plan } from '../domain/plan.ts'
import type { Leased, Recording, Walking } from '../domain/walk.ts'
import type { Tables } from './schema.ts'

const columns = sql`order_id as "orderId", cart_id as "cartId", owner, lease, tries,
  deadline_at as "deadlineAt", is_extended as "isExtended", state, step, to_undo as "toUndo", reason,
  refusal, cancel, review, needs_3ds as "needs3ds"`

type Row = Omit<Walking, 'checkout'> & Checkout

const walkingOf = (row: Row): Walking => {
  const { orderId, cartId, owner, lease, tries, deadlineAt, isExtended, ...checkout } = row
  return { orderId, cartId, owner, lease, tries, deadlineAt, isExtended, checkout }
}

/**
 * Walks of checkouts. Every change but a flag names the lease that it was decided under, so that a
 * runner that lost it changes nothing; and the flags that it knew of, so that none is passed over.
 */
export class Checkouts {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  async ofOrder(orderId: string): Promise<Walking | null> {
    const rows = await this.#db.alone(
      sql<Row>`select ${columns} from checkouts where order_id = ${orderId} ${prepared}`,
    )
    return rows[0] ? walkingOf(rows[0]) : null
  }

  /** The last that was begun. */
  async ofCart(cartId: string): Promise<(Walking & { updatedAt: Date }) | null> {
    const rows = await this.#db.alone(
      sql<Row & { updatedAt: Date }>`select ${columns}, updated_at as "updatedAt" from checkouts
        where cart_id = ${cartId} order by order_id desc limit 1 ${prepared}`,
    )
    const [row] = rows
    if (!row) return null
    const { updatedAt, ...rest } = row
    return { ...walkingOf(rest), updatedAt }
  }

  /** Those that nobody is at work on, each with a lease of its own. */
  async takeDue(now: Date, leaseUntil: Date): Promise<Leased[]> {
    const rows = await this.#db.alone(
      sql<Row>`update checkouts set lease = lease + 1, due_at = ${leaseUntil}
        where order_id in (
          select order_id from checkouts where due_at <= ${now}
          order by due_at limit 50 for update skip locked
        ) returning ${columns}`,
    )
    return rows.map((row) => ({ ...walkingOf(row), leaseUntil }))
  }

  /**
   * Where it rests, or nobody is at work on it. Waits for a transaction that is just setting a flag,
   * and then sees the flag: so it is the locked row that is asked, not the one of the snapshot.
   */
  async take(orderId: string, now: Date, leaseUntil: Date): Promise<Leased | null> {
    const rows = await this.#db.alone(
      sql<Row>`with found as materialized (
          select order_id as id, state as is_in, due_at as is_due
          from checkouts where order_id = ${orderId} for update
        )
        update checkouts set lease = lease + 1, due_at = ${leaseUntil} from found
        where order_id = found.id and is_in <> 'UNDONE' and (is_in = 'RESTING' or is_due <= ${now})
        returning ${columns} ${prepared}`,
    )
    return rows[0] ? { ...walkingOf(rows[0]), leaseUntil } : null
  }

  /** False where the lease was lost, or a flag was set that this was decided without. */
  async record(before: Leased, to: Recording): Promise<boolean> {
    const rows = await this.#db.alone(
      sql<{ id: string }>`${recording(before, to)} returning order_id as id ${prepared}`,
    )
    return rows.length > 0
  }

  async planOf(orderId: string): Promise<Plan> {
    const read = sql<{ plan: Plan }>`select plan from orders where id = ${orderId} ${prepared}`
    const { rows } = await this.#db.one(this.#service, (tx) => read.execute(tx))
    const [found] = rows
    if (!found) throw new Error('A checkout has no order.')
    return found.plan
  }
}

/** Beginning of a statement that moves it, in its own or within one that moves the order too. */
export function recording(before: Leased, to: Recording): RawBuilder<unknown> {
  const { orderId, lease, checkout: was } = before
  const { checkout, dueAt, at, tries, deadlineAt, isExtended } = to
  const { state, step, toUndo, reason, refusal, review, needs3ds } = checkout
  return sql`update checkouts set state = ${state}, step = ${step}, to_undo = ${toUndo}::text[],
      reason = ${reason}, refusal = ${refusal && JSON.stringify(refusal)}::jsonb,
      review = ${review}, needs_3ds = ${needs3ds}, due_at = ${dueAt}, tries = ${tries},
      deadline_at = ${deadlineAt}, is_extended = ${isExtended}, updated_at = ${at}
    where order_id = ${orderId} and lease = ${lease}
      and cancel is not distinct from ${was.cancel} and review is not distinct from ${was.review}`
}
