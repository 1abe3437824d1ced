import type { Database, Tx } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import type { Book, Settled } from '../domain/needs.ts'
import type { Attempt, Payment, Refund, SeenIntent } from '../domain/payment.ts'
import type { SeenDispute, SeenRefund } from '../domain/provider.ts'
import { adoptRefund, keepDispute, refundedOf } from './adopting.ts'
import { attemptColumns, attemptsIn, paymentColumns, refundColumns } from './columns.ts'
import type { Tables } from './schema.ts'
import { lockPayment, lockPaymentOf, promiseRest, settleAttempt } from './settling.ts'
import { settleRefund } from './settling-refunds.ts'

/** What the shop itself keeps of payments, whoever asks: read and written as the service. */
export class PaymentBook implements Book {
  readonly #db: Database<Tables>
  readonly #service: Identity

  constructor(db: Database<Tables>, service: Identity) {
    this.#db = db
    this.#service = service
  }

  payment(orderId: string): Promise<Payment | null> {
    return this.#one((tx) =>
      tx.selectFrom('payments').where('order_id', '=', orderId).select(paymentColumns),
    )
  }

  paymentWith(id: string): Promise<Payment | null> {
    return this.#one((tx) => tx.selectFrom('payments').where('id', '=', id).select(paymentColumns))
  }

  /** A guest's payment; one that is a shopper's stays theirs. */
  async handOver(orderId: string, userId: string): Promise<void> {
    await this.#in((tx) =>
      tx
        .updateTable('payments')
        .set({ owner: `user:${userId}` })
        .where('order_id', '=', orderId)
        .where('owner', 'like', 'guest:%')
        .execute(),
    )
  }

  attempt(attemptId: string): Promise<Attempt | null> {
    return this.#one((tx) => attemptsIn(tx).where('attempt.id', '=', attemptId))
  }

  standing(attemptId: string): Promise<{ attempt: Attempt; payment: Payment } | null> {
    return this.#in(async (tx) => {
      const attempt = await attemptsIn(tx).where('attempt.id', '=', attemptId).executeTakeFirst()
      if (!attempt) return null
      const payment = await tx
        .selectFrom('payments')
        .where('id', '=', attempt.paymentId)
        .select(paymentColumns)
        .executeTakeFirstOrThrow()
      return { attempt, payment }
    })
  }

  attemptsOf(paymentId: string): Promise<Attempt[]> {
    return this.#in((tx) =>
      attemptsIn(tx).where('payment_id', '=', paymentId).orderBy('attempt.id').execute(),
    )
  }

  lease(attemptId: string, until: Date, now: Date): Promise<Attempt | null> {
    return this.#one((tx) =>
      tx
        .updateTable('payment_attempts as attempt')
        .from('payments as payment')
        .set({ leased_until: until })
        .whereRef('payment.id', '=', 'attempt.payment_id')
        .where('attempt.id', '=', attemptId)
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .returning(attemptColumns),
    )
  }

  async unlease(attemptId: string): Promise<void> {
    await this.#db.one(this.#service, (tx) =>
      tx
        .updateTable('payment_attempts')
        .set({ leased_until: null })
        .where('id', '=', attemptId)
        .execute(),
    )
  }

  /** Conditional on what undoes it, which is written under the lock of the same payment. */
  keepIntent(attemptId: string, intentId: string): Promise<boolean> {
    return this.#in(async (tx) => {
      const { undoneAt } = await lockPaymentOf(tx, attemptId)
      const { state, replaced_by } = await tx
        .updateTable('payment_attempts')
        .set((eb) => ({ intent_id: eb.fn.coalesce('intent_id', eb.val(intentId)) }))
        .where('id', '=', attemptId)
        .returning(['state', 'replaced_by'])
        .executeTakeFirstOrThrow()
      return undoneAt === null && state !== 'VOIDED' && replaced_by === null
    })
  }

  settle(attemptId: string, seen: SeenIntent, now: Date): Promise<Settled> {
    return this.#in((tx) => settleAttempt(tx, { attemptId, seen, now }))
  }

  refund(refundId: string): Promise<Refund | null> {
    return this.#one((tx) =>
      tx.selectFrom('refunds').where('id', '=', refundId).select(refundColumns),
    )
  }

  leaseRefund(refundId: string, until: Date, now: Date): Promise<boolean> {
    return this.#in(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('refunds')
        .set({ leased_until: until })
        .where('id', '=', refundId)
        .where('state', '=', 'PENDING')
        .where((eb) => eb.or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]))
        .executeTakeFirst()
      return numUpdatedRows === 1n
    })
  }

  unleaseRefund(refundId: string): Promise<void> {
    return this.#in(async (tx) => {
      await tx
        .updateTable('refunds')
        .set({ leased_until: null })
        .where('id', '=', refundId)
        .execute()
    })
  }

  settleRefund(refundId: string, seen: SeenRefund | null, now: Date): Promise<void> {
    return this.#in((tx) => settleRefund(tx, { refundId, seen, now }))
  }

  promiseRest(paymentId: string, reason: string, now: Date): Promise<Refund | null> {
    return this.#in(async (tx) => {
      const payment = await lockPayment(tx, paymentId)
      return promiseRest(tx, { payment, attemptId: payment.attemptId, reason, now })
    })
  }

  refundOf({ id, refundId }: SeenRefund): Promise<Refund | null> {
    return this.#one((tx) =>
      tx
        .selectFrom('refunds')
        .where((eb) => eb.or([eb('provider_id', '=', id), eb('id', '=', refundId)]))
        .select(refundColumns),
    )
  }

  adoptRefund(attempt: Attempt, seen: SeenRefund, now: Date): Promise<boolean> {
    return this.#in((tx) => adoptRefund(tx, { attempt, seen, now }))
  }

  refundedOf(attemptId: string): Promise<number> {
    return this.#db.one(this.#service, (tx) => refundedOf(tx, attemptId))
  }

  keepDispute(attempt: Attempt, seen: SeenDispute, now: Date): Promise<void> {
    return this.#in((tx) => keepDispute(tx, { attempt, seen, now }))
  }

  close(attemptId: string, now: Date): Promise<void> {
    return this.#in(async (tx) => {
      await settleAttempt(tx, { attemptId, seen: neverMade, now })
    })
  }

  #in<R>(work: (tx: Tx<Tables>) => Promise<R>): Promise<R> {
    return this.#db.as(this.#service, work)
  }

  async #one<R>(
    query: (tx: Tx<Tables>) => { executeTakeFirst(): Promise<R | undefined> },
  ): Promise<R | null> {
    return (await this.#db.one(this.#service, (tx) => query(tx).executeTakeFirst())) ?? null
  }
}

const neverMade: SeenIntent = {
  id: '',
  attemptId: null,
  orderId: null,
  status: 'cancelled',
  amountMinor: 0,
  currency: '',
  capturedMinor: 0,
  refundedMinor: 0,
  failureCode: null,
  card: null,
  clientSecret: null,
  redirectUrl: null,
}
