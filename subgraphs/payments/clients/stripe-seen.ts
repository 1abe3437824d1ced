import type Stripe from 'stripe'
import type { SeenIntent } from '../domain/payment.ts'
import type { SeenRefund } from '../domain/provider.ts'
import { fromStripe } from './stripe-amounts.ts'

/** Of all that Stripe says, what the shop may know. */
export function seenIntent(intent: Stripe.PaymentIntent): SeenIntent {
  const { id, currency, metadata, last_payment_error: failure } = intent
  const isCaptured = intent.status === 'succeeded'
  return {
    id,
    attemptId: metadata.attempt ?? null,
    orderId: metadata.order ?? null,
    status: statusOf(intent),
    ...fromStripe(intent.amount, currency),
    capturedMinor: isCaptured ? fromStripe(intent.amount_received, currency).amountMinor : 0,
    refundedMinor: refundedOf(intent),
    failureCode: failure ? (failure.decline_code ?? failure.code ?? 'card_declined') : null,
    card: cardOf(intent),
    clientSecret: intent.client_secret,
    redirectUrl: intent.next_action?.redirect_to_url?.url ?? null,
  }
}

function refundedOf({ latest_charge: charge, currency }: Stripe.PaymentIntent): number {
  const amount = charge && typeof charge !== 'string' ? charge.amount_refunded : 0
  return fromStripe(amount, currency).amountMinor
}

function statusOf({ status, last_payment_error }: Stripe.PaymentIntent): SeenIntent['status'] {
  switch (status) {
    case 'requires_payment_method':
      return last_payment_error ? 'declined' : 'open'
    case 'requires_confirmation':
      return 'open'
    case 'requires_action':
      return 'asking'
    case 'requires_capture':
      return 'authorized'
    case 'succeeded':
      return 'captured'
    case 'canceled':
      return 'cancelled'
    default:
      return 'working'
  }
}

function cardOf({ latest_charge }: Stripe.PaymentIntent): SeenIntent['card'] {
  const charge = typeof latest_charge === 'string' ? null : latest_charge
  const card = charge?.payment_method_details?.card
  return card?.brand && card.last4 ? { brand: card.brand, last4: card.last4 } : null
}

export function seenRefund(refund: Stripe.Refund): SeenRefund {
  const isOver = refund.status === 'failed' || refund.status === 'canceled'
  return {
    id: refund.id,
    refundId: refund.metadata?.refund ?? null,
    status: isOver ? 'failed' : refund.status === 'succeeded' ? 'succeeded' : 'working',
    ...fromStripe(refund.amount, refund.currency),
    reason: refund.reason ?? '',
  }
}
