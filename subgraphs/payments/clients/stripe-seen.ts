import { isId } from '@shop/kit/ids'
import type Stripe from 'stripe'
import type { SeenIntent } from '../domain/payment.ts'
import type { SeenRefund } from '../domain/provider.ts'
import { fromStripe } from './stripe-amounts.ts'
import { reasonOf } from './stripe-errors.ts'

/** Metadata is written by whoever has the account: what is no id of ours names nothing of ours. */
export function idIn(metadata: Stripe.Metadata | null, name: string): string | null {
  const id = metadata?.[name] ?? ''
  return isId(id) ? id : null
}

/** Of all that Stripe says, what the shop may know. */
export function seenIntent(intent: Stripe.PaymentIntent): SeenIntent {
  const { id, currency, metadata, last_payment_error: failure } = intent
  const isCaptured = intent.status === 'succeeded'
  return {
    id,
    attemptId: idIn(metadata, 'attempt'),
    orderId: metadata.order ?? null,
    status: statusOf(intent),
    ...fromStripe(intent.amount, currency),
    capturedMinor: isCaptured ? fromStripe(intent.amount_received, currency).amountMinor : 0,
    refundedMinor: refundedOf(intent),
    failureCode: failure && reasonOf(failure),
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
    refundId: idIn(refund.metadata, 'refund'),
    status: isOver ? 'failed' : refund.status === 'succeeded' ? 'succeeded' : 'working',
    ...fromStripe(refund.amount, refund.currency),
    reason: refund.reason ?? '',
  }
}
