import { Unavailable } from '@shop/kit/errors'
import type { Checkout } from './checkout-machine.ts'
import type { Refusal } from './refusal.ts'

/** The order as it stands. */
export interface CheckoutAccepted {
  readonly kind: 'CheckoutAccepted'
  readonly orderId: string
}

/** What a shopper is told of their checkout: why there is no order, or the order. */
export function outcomeOf(orderId: string, checkout: Checkout): CheckoutAccepted | Refusal {
  const { state, reason, refusal } = checkout
  const isUndone = state === 'UNDOING' || state === 'UNDONE'
  if (isUndone && refusal) return refusal
  if (isUndone && reason === 'UNAVAILABLE') {
    throw new Unavailable('A part of the shop is away. Nothing was charged: try again.')
  }
  return { kind: 'CheckoutAccepted', orderId }
}
