import type { Connection, Database, Page, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { sql } from 'kysely'
import type { Beginning } from '../domain/authorize-payment.ts'
import type { Attempt, Payment, Refund } from '../domain/payment.ts'
import {
  attemptRow,
  attemptsIn,
  paymentColumns,
  paymentRow,
  refundColumns,
  refundRow,
} from './columns.ts'
import type { Tables } from './schema.ts'

/** Payments as whoever asks may see and begin them. */
export class Payments {
  readonly #db: Database<Tables>
  readonly #caller: Identity

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#caller = caller
  }

  withIds(ids: readonly string[]): Promise<Payment[]> {
    return this.#see((tx) =>
      tx.selectFrom('payments').where('id', 'in', ids).select(paymentColumns).execute(),
    )
  }

  ofOrders(orderIds: readonly string[]): Promise<Payment[]> {
    return this.#see((tx) =>
      tx.selectFrom('payments').where('order_id', 'in', orderIds).select(paymentColumns).execute(),
    )
  }

  async ofOrder(orderId: string): Promise<Payment | null> {
    const [payment] = isId(orderId) ? await this.ofOrders([orderId]) : []
    return payment ?? null
  }

  attemptsOf(paymentIds: readonly string[]): Promise<Attempt[]> {
    return this.#see((tx) =>
      attemptsIn(tx).where('payment_id', 'in', paymentIds).orderBy('attempt.id').execute(),
    )
  }

  of(userId: string, page: Page): Promise<Connection<Payment>> {
    return this.#see((tx) => {
      const own = tx.selectFrom('payments').where('owner', '=', `user:${userId}`)
      const sort = {
        name: 'newest',
        by: sql`created_at`,
        type: 'timestamptz',
        descending: true,
      } as const
      return this.#db.page(own.select(paymentColumns), { page, sort })
    })
  }

  refundsWithIds(ids: readonly string[]): Promise<Refund[]> {
    return this.#see((tx) =>
      tx.selectFrom('refunds').where('id', 'in', ids).select(refundColumns).execute(),
    )
  }

  refundsOf(paymentId: string, page: Page): Promise<Connection<Refund>> {
    return this.#see((tx) => {
      const own = tx.selectFrom('refunds').where('payment_id', '=', paymentId)
      return this.#db.page(own.select(refundColumns), { page })
    })
  }

  eventsOf(paymentId: string, page: Page) {
    return this.#see((tx) => {
      const own = tx.selectFrom('payment_events').where('payment_id', '=', paymentId)
      const columns = ['attempt_id as attemptId', 'from_state as from', 'to_state as to'] as const
      return this.#db.page(own.select(['id', ...columns, 'at']), { page })
    })
  }

  begin(payment: Payment, attempt: Attempt, stepKey: string): Promise<Beginning> {
    return this.#db.as(this.#caller, async (tx) => {
      // Both are sent before the first is answered; whoever is told no goes back on all of it.
      const [step, made] = await Promise.all([
        tx
          .insertInto('payment_steps')
          .values({ step_key: stepKey, payment_id: payment.id, undone_at: null })
          .onConflict((known) => known.doNothing())
          .executeTakeFirst(),
        tx
          .insertInto('payments')
          .values(paymentRow(payment))
          .onConflict((other) => other.column('order_id').doNothing())
          .executeTakeFirst(),
      ])
      if (step.numInsertedOrUpdatedRows === 0n) return 'undone'
      if (made.numInsertedOrUpdatedRows === 0n) return 'taken'
      await Promise.all([
        tx.insertInto('payment_attempts').values(attemptRow(attempt)).execute(),
        noteMove(tx, { payment, from: null, at: payment.createdAt }),
      ])
      return 'begun'
    })
  }

  /** The step's row is written or marked by one statement, so an undo and its step see each other. */
  undo(stepKey: string, now: Date): Promise<string | null> {
    return this.#db.as(this.#caller, async (tx) => {
      const { rows } = await sql<{ paymentId: string | null }>`
        with step as (
          insert into payment_steps as steps (step_key, undone_at) values (${stepKey}, ${now})
          on conflict (step_key) do update set undone_at = coalesce(steps.undone_at, ${now})
          returning payment_id
        ), undone as (
          update payments set undone_at = coalesce(undone_at, ${now})
          where id = (select payment_id from step)
        )
        select payment_id as "paymentId" from step`.execute(tx)
      return rows[0]?.paymentId ?? null
    })
  }

  /** At most ten attempts: who tries more is guessing. */
  replace(payment: Payment, next: Attempt): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('payment_attempts')
        .set({ replaced_by: next.id })
        .where('id', '=', payment.attemptId)
        .where('state', '=', 'REQUIRES_ACTION')
        .where('replaced_by', 'is', null)
        .where(
          tx
            .selectFrom('payment_attempts')
            .where('payment_id', '=', payment.id)
            .select((eb) => eb(eb.fn.countAll(), '<', 10).as('few')),
        )
        .executeTakeFirst()
      if (numUpdatedRows === 0n || payment.undoneAt) return false
      await tx.insertInto('payment_attempts').values(attemptRow(next)).execute()
      return true
    })
  }

  request(refund: Refund): Promise<boolean> {
    return this.#db.as(this.#caller, async (tx) => {
      const waiting = tx
        .selectFrom('refunds')
        .where('payment_id', '=', refund.paymentId)
        .where('state', '=', 'REQUESTED')
      const { count } = await waiting
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      if (count >= 10) return false
      await tx.insertInto('refunds').values(refundRow(refund)).execute()
      return true
    })
  }

  requests(page: Page): Promise<Connection<Refund>> {
    return this.#see((tx) => {
      const waiting = tx.selectFrom('refunds').where('state', '=', 'REQUESTED')
      return this.#db.page(waiting.select(refundColumns), { page })
    })
  }

  decide(id: string, isApproved: boolean): Promise<boolean | null> {
    return this.#db.as(this.#caller, async (tx) => {
      const refund = await tx
        .selectFrom('refunds')
        .where('id', '=', id)
        .where('state', '=', 'REQUESTED')
        .select(refundColumns)
        .forUpdate()
        .executeTakeFirst()
      if (!refund) return null
      if (isApproved) return promise(tx, { ...refund, state: 'PENDING' })
      await tx.updateTable('refunds').set({ state: 'REJECTED' }).where('id', '=', id).execute()
      return false
    })
  }

  promise(refund: Refund): Promise<boolean> {
    return this.#db.as(this.#caller, (tx) => promise(tx, refund))
  }

  #see<R>(read: (tx: Tx<Tables>) => Promise<R>): Promise<R> {
    return this.#db.see(this.#caller, read)
  }
}

/** The check and the promise are one statement: of twenty at once none passes the capture. */
export async function promise(tx: Tx<Tables>, refund: Refund): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('payments')
    .set((eb) => ({ promised_minor: eb('promised_minor', '+', refund.amountMinor) }))
    .where('id', '=', refund.paymentId)
    .where((eb) =>
      eb(eb('captured_minor', '-', eb.ref('promised_minor')), '>=', refund.amountMinor),
    )
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tx
    .insertInto('refunds')
    .values(refundRow(refund))
    .onConflict((known) => known.column('id').doUpdateSet({ state: refund.state }))
    .execute()
  return true
}

interface Move {
  readonly payment: Pick<Payment, 'id' | 'attemptId' | 'state'>
  readonly from: Payment['state'] | null
  readonly at: Date
}

export async function noteMove(tx: Tx<Tables>, { payment, from, at }: Move): Promise<void> {
  await tx
    .insertInto('payment_events')
    .values({
      id: newId(),
      payment_id: payment.id,
      attempt_id: payment.attemptId,
      from_state: from,
      to_state: payment.state,
      at,
    })
    .execute()
}
