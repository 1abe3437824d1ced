import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { newAttempt } from './authorize-payment.ts'
import type { Acting, Begun } from './needs.ts'
import type { Attempt, Payment, SeenIntent } from './payment.ts'
import { intentOf, leasing, look, settle } from './settle-attempt.ts'

interface Local extends Asked {
  clock: Clock
  payments: {
    ofOrder(orderId: string): Promise<Payment | null>
    /** The next attempt, in place of the one that waits for the shopper: false where it does not wait. */
    replace(payment: Payment, next: Attempt): Promise<boolean>
  }
}

export interface CreatePaymentIntent {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly paymentMethodId?: string | null | undefined
}

export interface PaymentIntentCreated {
  readonly kind: 'PaymentIntentCreated'
  readonly paymentId: string
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

export interface PaymentNotOpen {
  readonly kind: 'PaymentNotOpen'
  readonly paymentId: string
}

/** The attempt before is cancelled before this one can be paid; found authorised, it stays the one. */
export async function createPaymentIntent(
  needs: Begun<Local>,
  input: CreatePaymentIntent,
): Promise<PaymentIntentCreated | PaymentNotOpen> {
  const { paymentId, before, attemptId } = await needs.once('createPaymentIntent', begin, input)
  if (!attemptId) return { kind: 'PaymentNotOpen', paymentId }
  await cancelled(needs, before)
  const next = await needs.book.attempt(attemptId)
  if (!next || next.state === 'VOIDED') return { kind: 'PaymentNotOpen', paymentId }
  const seen = await leasing(needs, attemptId, () => made(needs, next))
  const { clientSecret = null, redirectUrl = null } = seen ?? {}
  return { kind: 'PaymentIntentCreated', paymentId, clientSecret, redirectUrl }
}

async function begin(
  { payments, clock }: Local,
  { orderId, paymentMethodId }: CreatePaymentIntent,
) {
  if (!isId(orderId)) throw new BadUserInput('There is no such order.')
  const payment = await payments.ofOrder(orderId)
  if (!payment) throw new NotFound('There is no such payment.')
  const [before, attemptId] = [payment.attemptId, newId()]
  const tried = { method: paymentMethodId ?? null, customer: null, requiresThreeDSecure: false }
  const next = newAttempt({ ...payment, attemptId }, tried, clock.now())
  const isOpen = await payments.replace(payment, next)
  return {
    kind: 'IntentBegun',
    paymentId: payment.id,
    before,
    attemptId: isOpen ? attemptId : null,
  }
}

async function cancelled(needs: Acting, attemptId: string): Promise<void> {
  const attempt = await needs.book.attempt(attemptId)
  if (attempt?.state !== 'REQUIRES_ACTION' || !attempt.intentId) return
  await settle(needs, attempt, await needs.provider.cancel(attempt, attempt.intentId))
}

/** Null where it was undone meanwhile. */
async function made(needs: Acting, attempt: Attempt): Promise<SeenIntent | null> {
  const intent = await intentOf(needs, attempt)
  if (!intent || !(await needs.book.keepIntent(attempt.id, intent.id))) {
    await look(needs, attempt)
    return null
  }
  const isForUs = intent.status === 'open' && attempt.method !== null
  const seen = isForUs ? await needs.provider.confirm(attempt, intent.id) : intent
  const settled = await settle(needs, attempt, seen)
  return settled.attempt.state === 'PENDING' || settled.attempt.state === 'REQUIRES_ACTION'
    ? seen
    : null
}
