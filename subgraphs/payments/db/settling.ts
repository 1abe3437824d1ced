import type { Tx } from '@shop/kit/database'
import { announce } from '@shop/kit/events'
import { sql } from 'kysely'
import { transactionOf } from '../domain/ledger.ts'
import type { Settled } from '../domain/needs.ts'
import type { Attempt, Payment, Refund, SeenIntent } from '../domain/payment.ts'
import { type Judgement, judged, mayMove, type Stray, stateOf } from '../domain/payment-state.ts'
import { newRefund } from '../domain/refund-order.ts'
import { paymentAuthorized, paymentCaptured, paymentFailed } from '../events.ts'
import { attemptsIn, paymentColumns } from './columns.ts'
import { write } from './ledger.ts'
import { noteMove, promise } from './payments.ts'
import type { Tables } from './schema.ts'

/** Whoever changes a payment, or one of its attempts or refunds, has its row first. */
export const lockPayment = (tx: Tx<Tables>, id: string): Promise<Payment> =>
  tx
    .selectFrom('payments')
    .where('id', '=', id)
    .select(paymentColumns)
    .forUpdate()
    .executeTakeFirstOrThrow()

/** The payment of an attempt; the attempt is read after it, since who had the payment may have written it. */
export const lockPaymentOf = (tx: Tx<Tables>, attemptId: string): Promise<Payment> =>
  tx
    .selectFrom('payments')
    .where('id', '=', (eb) =>
      eb.selectFrom('payment_attempts').where('id', '=', attemptId).select('payment_id'),
    )
    .select(paymentColumns)
    .forUpdate()
    .executeTakeFirstOrThrow()

interface Seen {
  readonly attemptId: string
  readonly seen: SeenIntent
  readonly now: Date
}

/** Whatever way it was learned, the same is done about it, and once. */
export async function settleAttempt(
  tx: Tx<Tables>,
  { attemptId, seen, now }: Seen,
): Promise<Settled> {
  const before = await lockPaymentOf(tx, attemptId)
  const attempt = await attemptsIn(tx).where('attempt.id', '=', attemptId).executeTakeFirstOrThrow()
  const { to, stray } = strictly(judged(attempt.state, seen.status), before)
  const learned = { before, attempt, to, seen, now }
  const settled = await writeAttempt(tx, learned, stray)
  await takeIn(tx, learned)
  const payment = await writePayment(tx, learned)
  if (to !== attempt.state) await tell(tx, learned)
  const refundId = await giveBack(tx, learned, payment)
  const after = refundId ? await lockPayment(tx, payment.id) : payment
  return { attempt: settled, payment: after, stray, refundId }
}

/** What was undone may hold nothing. */
function strictly({ to, stray }: Judgement, { undoneAt }: Payment): Judgement {
  const isOpen = to === 'AUTHORIZED' || to === 'REQUIRES_ACTION'
  return { to, stray: undoneAt && isOpen ? 'cancel' : stray }
}

interface Learned {
  readonly before: Payment
  readonly attempt: Attempt
  readonly to: Attempt['state']
  readonly seen: SeenIntent
  readonly now: Date
}

/** Gives it as it is then. */
async function writeAttempt(
  tx: Tx<Tables>,
  { attempt, to, seen }: Learned,
  stray: Stray | null,
): Promise<Attempt> {
  const { id: intentId, failureCode, card, capturedMinor } = seen
  const settled: Attempt = {
    ...attempt,
    state: to,
    ...(intentId && { intentId }),
    ...(capturedMinor > 0 && { capturedMinor }),
    ...(failureCode && to === 'FAILED' && { failureCode }),
    ...(card && { brand: card.brand, last4: card.last4 }),
  }
  await tx
    .updateTable('payment_attempts')
    .set({
      state: to,
      stray: stray === 'cancel' ? stray : null,
      intent_id: settled.intentId,
      captured_minor: settled.capturedMinor,
      failure_code: settled.failureCode,
      brand: settled.brand,
      last4: settled.last4,
    })
    .where('id', '=', attempt.id)
    .execute()
  // What would have taken its place is not needed.
  if (attempt.replacedBy && to !== 'VOIDED' && to !== attempt.state) {
    await tx
      .updateTable('payment_attempts')
      .set({ state: 'VOIDED' })
      .where('id', '=', attempt.replacedBy)
      .execute()
  }
  return settled
}

/** What of it is money that is at the provider and not written here, of what should not have been captured too. */
const takenIn = ({ attempt, seen }: Learned): number =>
  attempt.capturedMinor > 0 ? 0 : seen.capturedMinor

async function takeIn(tx: Tx<Tables>, learned: Learned): Promise<void> {
  const amountMinor = takenIn(learned)
  if (amountMinor === 0) return
  const { before: payment, seen, now } = learned
  const moved = { kind: 'CAPTURE', payment, amountMinor, reference: seen.id, at: now } as const
  await write(tx, transactionOf(moved))
}

async function writePayment(tx: Tx<Tables>, learned: Learned): Promise<Payment> {
  const { before, now } = learned
  const capturedMinor = before.capturedMinor + takenIn(learned)
  const payment = movedOn({ ...before, capturedMinor }, learned)
  const isMoved = payment.state !== before.state
  if (!isMoved && capturedMinor === before.capturedMinor) return before
  await tx
    .updateTable('payments')
    .set({
      captured_minor: capturedMinor,
      state: payment.state,
      attempt_id: payment.attemptId,
      failure_code: payment.failureCode,
    })
    .where('id', '=', payment.id)
    .execute()
  if (isMoved) await noteMove(tx, { payment, from: before.state, at: now })
  return payment
}

/** By the attempt that counts; another's moves it nowhere. */
function movedOn(payment: Payment, learned: Learned): Payment {
  const { attempt, to, seen } = learned
  if (payment.attemptId !== attempt.id) return payment
  const next = nextOf(payment, learned)
  if (next.state === payment.state) return payment
  if (!mayMove(payment.state, next.state)) {
    throw new Error(`A payment does not go from ${payment.state} to ${next.state}.`)
  }
  return {
    ...payment,
    ...next,
    failureCode: to === 'FAILED' ? seen.failureCode : payment.failureCode,
  }
}

/** An attempt that is cancelled to be replaced leaves the payment to the next. */
function nextOf(payment: Payment, { attempt, to }: Learned): Pick<Payment, 'state' | 'attemptId'> {
  const { replacedBy } = attempt
  if (to === 'VOIDED' && replacedBy && !payment.undoneAt) {
    return { state: 'PENDING', attemptId: replacedBy }
  }
  return { state: stateOf(to, payment), attemptId: attempt.id }
}

async function tell(tx: Tx<Tables>, { before, attempt, to, seen, now }: Learned): Promise<void> {
  if (before.attemptId !== attempt.id) return
  const { orderId, amountMinor, currency } = before
  const told = <D>(data: D) => [{ aggregateId: before.id, occurredAt: now, data }]
  const data = { orderId, attemptId: attempt.id, amountMinor, currency }
  if (to === 'AUTHORIZED') await announce(tx, paymentAuthorized, told(data))
  if (to === 'CAPTURED') {
    await announce(tx, paymentCaptured, told({ ...data, amountMinor: seen.capturedMinor }))
  }
  if (to === 'FAILED') {
    const code = seen.failureCode ?? 'card_declined'
    await announce(tx, paymentFailed, told({ orderId, attemptId: attempt.id, code }))
  }
}

/** What was captured of an attempt that counts no more, or of a payment that was undone. */
async function giveBack(
  tx: Tx<Tables>,
  { attempt, to, seen, now }: Learned,
  payment: Payment,
): Promise<string | null> {
  if (seen.capturedMinor === 0 || (to === 'CAPTURED' && !payment.undoneAt)) return null
  const refund = await promiseRest(tx, { payment, attemptId: attempt.id, reason: 'undone', now })
  return refund?.id ?? null
}

interface Rest {
  readonly payment: Payment
  readonly attemptId: string
  readonly reason: string
  readonly now: Date
}

/** All that was captured by an attempt and is not on its way back. */
export async function promiseRest(
  tx: Tx<Tables>,
  { payment, attemptId, reason, now }: Rest,
): Promise<Refund | null> {
  const { rows } = await sql<{ left: number }>`
    select captured_minor - coalesce((select sum(amount_minor) from refunds
      where attempt_id = ${attemptId} and state in ('PENDING', 'SUCCEEDED')), 0)::bigint as left
    from payment_attempts where id = ${attemptId}`.execute(tx)
  const amountMinor = rows[0]?.left ?? 0
  if (amountMinor <= 0) return null
  const amount = { amountMinor, currency: payment.currency }
  const refund = newRefund({ payment, amount, reason, state: 'PENDING', now })
  await promise(tx, { ...refund, attemptId })
  return refund
}
