import { NotFound } from '@shop/kit/errors'
import { isId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import type { Acting } from './needs.ts'
import { moneyOf, type PaymentState } from './payment.ts'
import { look } from './settle-attempt.ts'

export interface OrderPayment {
  readonly paymentId: string
  readonly state: PaymentState
  readonly amount: Money
  readonly refunded: Money
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

/** While its end is open the provider is asked, and what it says is written down. */
export async function orderPayment(needs: Acting, orderId: string): Promise<OrderPayment | null> {
  const before = isId(orderId) ? await needs.book.payment(orderId) : null
  if (!before) return null
  const attempt = await needs.book.attempt(before.attemptId)
  if (!attempt) throw new NotFound('There is no such payment.')
  const isOpen = attempt.state === 'PENDING' || attempt.state === 'REQUIRES_ACTION'
  const looked = isOpen && attempt.intentId ? await look(needs, attempt) : null
  const payment = looked?.payment ?? before
  const asks = payment.state === 'REQUIRES_ACTION' ? looked?.seen : null
  return {
    paymentId: payment.id,
    state: payment.state,
    amount: moneyOf(payment.amountMinor, payment),
    refunded: moneyOf(payment.refundedMinor, payment),
    clientSecret: asks?.clientSecret ?? null,
    redirectUrl: asks?.redirectUrl ?? null,
  }
}
