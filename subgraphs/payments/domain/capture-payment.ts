import { NotFound } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import type { Begun } from './needs.ts'
import type { Payment, PaymentState } from './payment.ts'
import { leasing, settle } from './settle-attempt.ts'

interface Local extends Asked {
  payments: { ofOrder(orderId: string): Promise<Payment | null> }
}

export interface OfOrder {
  readonly idempotencyKey: string
  readonly orderId: string
}

export interface PaymentCaptured {
  readonly kind: 'PaymentCaptured'
  readonly paymentId: string
}

export interface PaymentNotCaptured {
  readonly kind: 'PaymentNotCaptured'
  readonly paymentId: string
  readonly state: PaymentState
}

/** The provider captures an intent once, whoever asks and however often. */
export async function capturePayment(
  needs: Begun<Local>,
  input: OfOrder,
): Promise<PaymentCaptured | PaymentNotCaptured> {
  const { attemptId } = await needs.once('capturePayment', beginCapture, input)
  const { book, provider } = needs
  const before = await book.standing(attemptId)
  if (!before) throw new NotFound('There is no such payment.')
  const { attempt, payment } = before
  const { intentId } = attempt
  if (attempt.state !== 'AUTHORIZED' || !intentId || payment.undoneAt) return toldOf(payment)
  return leasing(needs, attemptId, async () => {
    const settled = await settle(needs, attempt, await provider.capture(attempt, intentId))
    return toldOf(settled.payment)
  })
}

async function beginCapture({ payments }: Local, { orderId }: OfOrder) {
  const payment = await payments.ofOrder(orderId)
  if (!payment) throw new NotFound('There is no such payment.')
  return { kind: 'CaptureBegun', attemptId: payment.attemptId }
}

const taken = new Set<PaymentState>(['CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED'])

function toldOf({ id: paymentId, state }: Payment): PaymentCaptured | PaymentNotCaptured {
  return taken.has(state)
    ? { kind: 'PaymentCaptured', paymentId }
    : { kind: 'PaymentNotCaptured', paymentId, state }
}
