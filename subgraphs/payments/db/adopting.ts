import type { Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { sql } from 'kysely'
import type { Attempt } from '../domain/payment.ts'
import type { SeenDispute, SeenRefund } from '../domain/provider.ts'
import { newRefund } from '../domain/refund-order.ts'
import { disputeOpened } from '../events.ts'
import { promise } from './payments.ts'
import type { Tables } from './schema.ts'
import { lockPayment } from './settling.ts'
import { settleRefund } from './settling-refunds.ts'

interface Adopted {
  readonly attempt: Attempt
  readonly seen: SeenRefund
  readonly now: Date
}

/** Made by hand in the provider's dashboard: it is written down as if it had been asked for here. */
export async function adoptRefund(
  tx: Tx<Tables>,
  { attempt, seen, now }: Adopted,
): Promise<boolean> {
  const payment = await lockPayment(tx, attempt.paymentId)
  const { amountMinor, currency, reason } = seen
  const amount = { amountMinor, currency }
  const refund = newRefund({ payment, amount, reason, state: 'PENDING', now })
  if (!(await promise(tx, { ...refund, attemptId: attempt.id, providerId: seen.id }))) return false
  await settleRefund(tx, { refundId: refund.id, seen, now })
  return true
}

export async function refundedOf(tx: Tx<Tables>, attemptId: string): Promise<number> {
  const { rows } = await sql<{ refunded: number }>`
    select coalesce(sum(amount_minor), 0)::bigint as refunded from refunds
    where attempt_id = ${attemptId} and state = 'SUCCEEDED'`.execute(tx)
  return rows[0]?.refunded ?? 0
}

interface Disputed {
  readonly attempt: Attempt
  readonly seen: SeenDispute
  readonly now: Date
}

export async function keepDispute(tx: Tx<Tables>, { attempt, seen, now }: Disputed): Promise<void> {
  const { id, amountMinor, currency, reason } = seen
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('disputes')
    .values({
      id,
      payment_id: attempt.paymentId,
      amount_minor: amountMinor,
      currency,
      reason,
      at: now,
    })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) return
  const data = { orderId: attempt.orderId, disputeId: id, amountMinor, currency, reason }
  await announce(tx, disputeOpened, [{ aggregateId: attempt.paymentId, occurredAt: now, data }])
}
