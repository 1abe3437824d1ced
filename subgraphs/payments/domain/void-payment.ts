import type { Clock } from '@shop/kit/clock'
import type { Asked } from '@shop/kit/identity'
import type { Money } from '@shop/kit/money'
import type { Acting, Begun } from './needs.ts'
import { type Attempt, moneyOf } from './payment.ts'
import { sendRefund } from './send-refund.ts'
import { intentOf, settle } from './settle-attempt.ts'

interface Local extends Asked {
  clock: Clock
  payments: {
    /** From now on the step does nothing, heard of or not; the payment it was for, if it was. */
    undo(stepKey: string, now: Date): Promise<string | null>
  }
}

export interface VoidPayment {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly stepKey: string
}

export interface PaymentVoided {
  readonly kind: 'PaymentVoided'
  /** Null where the step was never heard of. */
  readonly paymentId: string | null
  readonly refunded: Money | null
}

/** Nobody's lease holds it up: whatever is at work meanwhile finds the intent cancelled. */
export async function voidPayment(needs: Begun<Local>, input: VoidPayment): Promise<PaymentVoided> {
  const { paymentId } = await needs.once('voidPayment', beginVoid, input)
  return paymentId ? undo(needs, paymentId) : { kind: 'PaymentVoided', paymentId, refunded: null }
}

async function beginVoid({ payments, clock }: Local, { stepKey }: VoidPayment) {
  return { kind: 'VoidBegun', paymentId: await payments.undo(stepKey, clock.now()) }
}

/** Of all its attempts nothing is left open, and of what was taken nothing is kept. */
export async function undo(needs: Acting, paymentId: string): Promise<PaymentVoided> {
  const { book, clock } = needs
  for (const attempt of await book.attemptsOf(paymentId)) await cancel(needs, attempt)
  const rest = await book.promiseRest(paymentId, 'undone', clock.now())
  if (rest) await sendRefund(needs, rest.id)
  const payment = await book.paymentWith(paymentId)
  const refunded =
    payment && payment.promisedMinor > 0 ? moneyOf(payment.promisedMinor, payment) : null
  return { kind: 'PaymentVoided', paymentId, refunded }
}

/** The intent is made only to be cancelled, where it is not known whether it was made. */
async function cancel(needs: Acting, attempt: Attempt): Promise<void> {
  if (attempt.state === 'CAPTURED') return
  const seen = await intentOf(needs, attempt)
  if (!seen) return needs.book.close(attempt.id, needs.clock.now())
  const isOver = seen.status === 'cancelled' || seen.status === 'captured'
  await settle(needs, attempt, isOver ? seen : await needs.provider.cancel(attempt, seen.id))
}
