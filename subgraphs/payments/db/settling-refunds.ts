import type { Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { type TransactionKind, transactionOf } from '../domain/ledger.ts'
import type { Payment, Refund } from '../domain/payment.ts'
import { mayMove, stateOf } from '../domain/payment-state.ts'
import type { SeenRefund } from '../domain/provider.ts'
import { refundSettled } from '../events.ts'
import { refundColumns } from './columns.ts'
import { write } from './ledger.ts'
import { noteMove } from './payments.ts'
import type { Tables } from './schema.ts'
import { lockPayment } from './settling.ts'

interface Seen {
  readonly refundId: string
  /** Null for one that was never made at the provider, nor ever will be. */
  readonly seen: SeenRefund | null
  readonly now: Date
}

interface Change {
  readonly refund: Refund
  readonly seen: SeenRefund | null
  readonly now: Date
}

/** Whatever way it was learned, the same is done about it, and once. */
export async function settleRefund(tx: Tx<Tables>, { refundId, seen, now }: Seen): Promise<void> {
  const { paymentId } = await refundIn(tx, refundId)
  const payment = await lockPayment(tx, paymentId)
  const refund = await refundIn(tx, refundId)
  const to = nextOf(refund.state, seen)
  await tx
    .updateTable('refunds')
    .set({
      state: to,
      ...(seen && { provider_id: seen.id }),
      ...(to !== refund.state && to !== 'PENDING' && { settled_at: now }),
    })
    .where('id', '=', refundId)
    .execute()
  if (to === refund.state) return
  const change = { refund, seen, now }
  if (to === 'SUCCEEDED') await settled(tx, payment, change)
  if (to === 'FAILED' && refund.state === 'PENDING') await unpromise(tx, payment, change)
  if (to === 'FAILED' && refund.state === 'SUCCEEDED') await returned(tx, payment, change)
}

const refundIn = (tx: Tx<Tables>, id: string): Promise<Refund> =>
  tx.selectFrom('refunds').where('id', '=', id).select(refundColumns).executeTakeFirstOrThrow()

/** A refund that came through may still come back from the bank; one that failed stays so. */
function nextOf(state: Refund['state'], seen: SeenRefund | null): Refund['state'] {
  if (state !== 'PENDING' && state !== 'SUCCEEDED') return state
  if (!seen) return state === 'PENDING' ? 'FAILED' : state
  if (seen.status === 'failed') return 'FAILED'
  return seen.status === 'succeeded' ? 'SUCCEEDED' : state
}

async function settled(tx: Tx<Tables>, payment: Payment, change: Change): Promise<void> {
  const { amountMinor } = change.refund
  const refundedMinor = payment.refundedMinor + amountMinor
  await post(tx, payment, { ...change, kind: 'REFUND' })
  await move(tx, { ...payment, refundedMinor }, change)
  const data = {
    orderId: payment.orderId,
    refundId: change.refund.id,
    amountMinor,
    currency: payment.currency,
    refundedMinor,
    capturedMinor: payment.capturedMinor,
  }
  await announce(tx, refundSettled, [{ aggregateId: payment.id, occurredAt: change.now, data }])
}

async function unpromise(tx: Tx<Tables>, payment: Payment, { refund }: Change): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ promised_minor: payment.promisedMinor - refund.amountMinor })
    .where('id', '=', payment.id)
    .execute()
}

async function returned(tx: Tx<Tables>, payment: Payment, change: Change): Promise<void> {
  const { amountMinor } = change.refund
  await post(tx, payment, { ...change, kind: 'REFUND_RETURNED' })
  await move(tx, { ...payment, refundedMinor: payment.refundedMinor - amountMinor }, change)
  await unpromise(tx, payment, change)
}

async function post(
  tx: Tx<Tables>,
  payment: Payment,
  { kind, refund, seen, now }: Change & { readonly kind: TransactionKind },
): Promise<void> {
  const reference = seen?.id ?? refund.id
  const { amountMinor } = refund
  await write(tx, transactionOf({ kind, payment, amountMinor, reference, at: now }))
}

/** Of a payment that was captured; what was taken by mistake and goes back stays as it ended. */
async function move(tx: Tx<Tables>, payment: Payment, { now }: Change): Promise<void> {
  const isTaken = payment.state !== 'FAILED' && payment.state !== 'VOIDED'
  const state = isTaken ? stateOf('CAPTURED', payment) : payment.state
  await tx
    .updateTable('payments')
    .set({ state, refunded_minor: payment.refundedMinor })
    .where('id', '=', payment.id)
    .execute()
  if (state === payment.state || !mayMove(payment.state, state)) return
  await noteMove(tx, { payment: { ...payment, state }, from: payment.state, at: now })
}
