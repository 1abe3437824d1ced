import { BadUserInput, NotFound } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { OfOrder } from './capture-payment.ts'
import type { Begun } from './needs.ts'
import type { Payment, SeenIntent } from './payment.ts'
import { look } from './settle-attempt.ts'

interface Local extends Asked {
  payments: { ofOrder(orderId: string): Promise<Payment | null> }
}

export interface PaymentConfirmed {
  readonly kind: 'PaymentConfirmed'
  readonly paymentId: string
}

export interface PaymentAwaitsAction {
  readonly kind: 'PaymentAwaitsAction'
  readonly paymentId: string
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

export interface PaymentNotConfirmed {
  readonly kind: 'PaymentNotConfirmed'
  readonly paymentId: string
}

/** The client's word is a hint, as the provider's webhook is: what is so is read over there. */
export async function confirmPayment(
  needs: Begun<Local>,
  input: OfOrder,
): Promise<PaymentConfirmed | PaymentAwaitsAction | PaymentNotConfirmed> {
  const { paymentId } = await needs.once('confirmPayment', beginConfirmation, input)
  const before = await needs.book.paymentWith(paymentId)
  const attempt = before && (await needs.book.attempt(before.attemptId))
  if (!attempt) throw new NotFound('There is no such payment.')
  const looked = isOpen(attempt.state) ? await look(needs, attempt) : null
  return toldOf((await needs.book.paymentWith(paymentId)) ?? before, looked?.seen)
}

const isOpen = (state: Payment['state']) => state === 'PENDING' || state === 'REQUIRES_ACTION'

async function beginConfirmation({ payments }: Local, { orderId }: OfOrder) {
  if (!isId(orderId)) throw new BadUserInput('There is no such order.')
  const payment = await payments.ofOrder(orderId)
  if (!payment) throw new NotFound('There is no such payment.')
  return { kind: 'ConfirmationBegun', paymentId: payment.id }
}

function toldOf({ id: paymentId, state }: Payment, seen?: SeenIntent) {
  if (state === 'FAILED' || state === 'VOIDED') {
    return { kind: 'PaymentNotConfirmed', paymentId } as const
  }
  if (!isOpen(state)) return { kind: 'PaymentConfirmed', paymentId } as const
  const { clientSecret = null, redirectUrl = null } = seen ?? {}
  return { kind: 'PaymentAwaitsAction', paymentId, clientSecret, redirectUrl } as const
}
