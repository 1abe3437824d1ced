import { insertAll } from '@shop/kit/bulk'
import type { Tx } from '@shop/kit/database'
import { sql } from 'kysely'
import { transactionOf } from '../domain/ledger.ts'
import type { PastPayment } from '../domain/past-payment.ts'
import type { Tables } from './schema.ts'

export async function hasPayment(tx: Tx<Tables>, id: string): Promise<boolean> {
  const found = tx.selectFrom('payments').where('id', '=', id).select('id')
  return (await found.executeTakeFirst()) !== undefined
}

/** Some hundreds, in a statement a table. Nothing is announced: who listens has missed them. */
export async function writePast(tx: Tx<Tables>, payments: readonly PastPayment[]): Promise<void> {
  // Looked at with each statement, and not all at once when they are committed.
  await sql`set constraints balanced immediate`.execute(tx)
  await insertAll(tx, 'payments', { rows: payments.map(rowOf), as: payment })
  await insertAll(tx, 'payment_attempts', { rows: payments.map(attemptOf), as: attempt })
  await insertAll(tx, 'payment_steps', { rows: payments.map(stepOf), as: step })
  await insertAll(tx, 'payment_events', { rows: payments.flatMap(movesOf), as: move })
  await insertAll(tx, 'refunds', { rows: payments.flatMap(refundsOf), as: refund })
  await insertAll(tx, 'disputes', { rows: payments.flatMap(disputeOf), as: dispute })
  const ledger = payments.flatMap(transactionsOf)
  const moved = ledger.map(({ paymentId, orderId, postings: _, ...rest }) => ({
    ...{ ...rest, payment_id: paymentId, order_id: orderId },
  }))
  await insertAll(tx, 'transactions', { rows: moved, as: transaction })
  const posted = ledger.flatMap(({ id, postings }) =>
    postings.map(({ account, amountMinor, currency }) => ({
      ...{ transaction_id: id, account, currency, amount_minor: amountMinor },
    })),
  )
  await insertAll(tx, 'postings', { rows: posted, as: posting })
}

const payment = `id uuid, order_id uuid, owner text, attempt_id uuid, state text,
  amount_minor bigint, currency text, captured_minor bigint, promised_minor bigint,
  refunded_minor bigint, failure_code text, undone_at timestamptz, created_at timestamptz`
const attempt = `id uuid, payment_id uuid, state text, method text, requires_3ds boolean,
  intent_id text, failure_code text, brand text, last4 text, captured_minor bigint,
  created_at timestamptz`
const step = 'step_key text, payment_id uuid, undone_at timestamptz'
const move = `id uuid, payment_id uuid, attempt_id uuid, from_state text, to_state text,
  at timestamptz`
const refund = `id uuid, payment_id uuid, attempt_id uuid, state text, amount_minor bigint,
  currency text, reason text, lines jsonb, provider_id text, created_at timestamptz,
  sent_at timestamptz, settled_at timestamptz`
const dispute = `id text, payment_id uuid, amount_minor bigint, currency text, reason text,
  at timestamptz`
const transaction = `id uuid, kind text, payment_id uuid, order_id uuid, reference text,
  at timestamptz`
const posting = 'transaction_id uuid, account text, currency text, amount_minor bigint'

const rowOf = (past: PastPayment) => ({
  ...{ id: past.id, order_id: past.orderId, owner: past.owner, attempt_id: past.attempt.id },
  ...{ state: past.state, amount_minor: past.amountMinor, currency: past.currency },
  captured_minor: past.capturedMinor,
  promised_minor: past.refundedMinor,
  refunded_minor: past.refundedMinor,
  failure_code: past.failureCode,
  ...{ undone_at: past.undoneAt, created_at: past.createdAt },
})

const attemptOf = ({ id: payment_id, attempt: tried, ...past }: PastPayment) => ({
  ...{ id: tried.id, payment_id, state: tried.state, method: tried.method },
  ...{ requires_3ds: tried.requiresThreeDSecure, intent_id: tried.intentId },
  ...{ failure_code: past.failureCode, brand: tried.brand, last4: tried.last4 },
  ...{ captured_minor: past.capturedMinor, created_at: past.createdAt },
})

const stepOf = ({ id: payment_id, orderId, undoneAt: undone_at }: PastPayment) => ({
  ...{ step_key: `order:${orderId}:authorize`, payment_id, undone_at },
})

const movesOf = ({ id: payment_id, attempt: { id: attempt_id }, moves }: PastPayment) =>
  moves.map(({ id, from, to, at }) => ({
    ...{ id, payment_id, attempt_id, from_state: from, to_state: to, at },
  }))

const refundsOf = ({ id: payment_id, attempt: { id: attempt_id }, ...past }: PastPayment) =>
  past.refunds.map(({ id, amountMinor, reason, lines, providerId, at }) => ({
    ...{ id, payment_id, attempt_id, state: 'SUCCEEDED', amount_minor: amountMinor },
    ...{ currency: past.currency, reason, lines, provider_id: providerId },
    ...{ created_at: at, sent_at: at, settled_at: at },
  }))

const disputeOf = ({ id: payment_id, amountMinor, currency, dispute: told }: PastPayment) =>
  told ? [{ ...told, payment_id, amount_minor: amountMinor, currency }] : []

/** What came in, and what of it went back. */
function transactionsOf(past: PastPayment) {
  const { capturedMinor, capturedAt, attempt: tried, refunds } = past
  if (!capturedAt) return []
  const taken = { amountMinor: capturedMinor, reference: tried.intentId ?? '', at: capturedAt }
  return [
    transactionOf({ kind: 'CAPTURE', payment: past, ...taken }),
    ...refunds.map(({ amountMinor, providerId: reference, at }) =>
      transactionOf({ kind: 'REFUND', payment: past, amountMinor, reference, at }),
    ),
  ]
}
