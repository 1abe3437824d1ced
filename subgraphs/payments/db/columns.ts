import type { Tx } from '@shop/kit/database'
import type { Attempt, Payment, Refund } from '../domain/payment.ts'
import type { Tables } from './schema.ts'

export const paymentColumns = [
  'id',
  'order_id as orderId',
  'owner',
  'attempt_id as attemptId',
  'state',
  'amount_minor as amountMinor',
  'currency',
  'captured_minor as capturedMinor',
  'promised_minor as promisedMinor',
  'refunded_minor as refundedMinor',
  'failure_code as failureCode',
  'undone_at as undoneAt',
  'created_at as createdAt',
] as const

export const refundColumns = [
  'id',
  'payment_id as paymentId',
  'attempt_id as attemptId',
  'state',
  'amount_minor as amountMinor',
  'currency',
  'reason',
  'lines',
  'provider_id as providerId',
  'created_at as createdAt',
  'settled_at as settledAt',
] as const

/** An attempt is of its payment's order, amount and currency. */
export const attemptColumns = [
  'attempt.id',
  'attempt.payment_id as paymentId',
  'payment.order_id as orderId',
  'attempt.state',
  'payment.amount_minor as amountMinor',
  'payment.currency',
  'attempt.method',
  'attempt.customer',
  'attempt.requires_3ds as requiresThreeDSecure',
  'attempt.intent_id as intentId',
  'attempt.replaced_by as replacedBy',
  'attempt.failure_code as failureCode',
  'attempt.brand',
  'attempt.last4',
  'attempt.captured_minor as capturedMinor',
  'attempt.created_at as createdAt',
] as const

export const attemptsIn = (tx: Tx<Tables>) =>
  tx
    .selectFrom('payment_attempts as attempt')
    .innerJoin('payments as payment', 'payment.id', 'attempt.payment_id')
    .select(attemptColumns)

export const paymentRow = (payment: Payment) => ({
  id: payment.id,
  order_id: payment.orderId,
  owner: payment.owner,
  attempt_id: payment.attemptId,
  state: payment.state,
  amount_minor: payment.amountMinor,
  currency: payment.currency,
  captured_minor: payment.capturedMinor,
  promised_minor: payment.promisedMinor,
  refunded_minor: payment.refundedMinor,
  failure_code: payment.failureCode,
  undone_at: payment.undoneAt,
  created_at: payment.createdAt,
})

export const attemptRow = (attempt: Attempt) => ({
  id: attempt.id,
  payment_id: attempt.paymentId,
  state: attempt.state,
  method: attempt.method,
  customer: attempt.customer,
  requires_3ds: attempt.requiresThreeDSecure,
  intent_id: attempt.intentId,
  replaced_by: attempt.replacedBy,
  failure_code: attempt.failureCode,
  brand: attempt.brand,
  last4: attempt.last4,
  stray: null,
  created_at: attempt.createdAt,
})

export const refundRow = (refund: Refund) => ({
  id: refund.id,
  payment_id: refund.paymentId,
  attempt_id: refund.attemptId,
  state: refund.state,
  amount_minor: refund.amountMinor,
  currency: refund.currency,
  reason: refund.reason,
  lines: JSON.stringify(refund.lines),
  provider_id: refund.providerId,
  created_at: refund.createdAt,
  settled_at: refund.settledAt,
})
