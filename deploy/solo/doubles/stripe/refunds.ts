import type Stripe from 'stripe'
import type { Asked } from './asked.ts'
import { testCards } from './cards.ts'
import { newId } from './chance.ts'
import { Fault, invalid, missing, required } from './fault.ts'
import { numberIn, textIn, textsIn } from './form.ts'

export function createRefund(asked: Asked): Stripe.Refund {
  const { store, form, emit } = asked
  const charge = chargeIn(asked)
  const left = charge.amount_captured - charge.amount_refunded
  const amount = numberIn(form, 'amount') ?? left
  check(charge, amount, left)
  const token = store.get('card', charge.payment_method ?? '')?.token ?? ''
  const isPending = testCards[token]?.refund === 'pending'
  const refund = newRefund(asked, { charge, amount, status: isPending ? 'pending' : 'succeeded' })
  const refunded = charge.amount_refunded + amount
  Object.assign(charge, { amount_refunded: refunded, refunded: refunded === charge.amount })
  store.put('refund', refund)
  store.put('charge', charge)
  emit('refund.created', refund)
  emit('charge.refunded', charge)
  return testCards[token]?.refund === 'fails-later' ? failLater(asked, refund) : refund
}

function chargeIn({ store, form }: Asked): Stripe.Charge {
  const [intentId, chargeId] = [textIn(form, 'payment_intent'), textIn(form, 'charge')]
  if (!intentId && !chargeId) throw required('payment_intent')
  const intent = intentId ? store.get('payment_intent', intentId) : undefined
  if (intentId && !intent) throw missing('payment_intent', intentId, 'payment_intent')
  const id = chargeId ?? (intent?.latest_charge as string | null)
  const charge = id ? store.get('charge', id) : undefined
  if (charge) return charge
  if (chargeId) throw missing('charge', chargeId, 'charge')
  throw invalid(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`)
}

function check(charge: Stripe.Charge, amount: number, left: number): void {
  if (!charge.captured) {
    throw refusal(`Charge ${charge.id} has not been captured.`, 'charge_not_refundable')
  }
  if (left === 0) {
    throw refusal(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded')
  }
  if (amount < 1) {
    throw invalid('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    })
  }
  if (amount > left) {
    throw refusal(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`)
  }
}

const refusal = (message: string, code?: string) =>
  new Fault(
    400,
    { type: 'invalid_request_error', message, param: 'amount', ...(code && { code }) },
    true,
  )

interface Refunding {
  readonly charge: Stripe.Charge
  readonly amount: number
  readonly status: string
}

const newRefund = ({ form, now }: Asked, refunding: Refunding): Stripe.Refund => ({
  ...refundObject({ ...refunding, created: now }),
  metadata: textsIn(form, 'metadata'),
  reason: (textIn(form, 'reason') as Stripe.Refund.Reason) ?? null,
})

export function refundObject({
  charge,
  amount,
  status,
  created,
}: Refunding & { readonly created: number }) {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  } satisfies Stripe.Refund as Stripe.Refund
}

/** The card's bank sends it back: at once here, after days over there. */
function failLater({ store, emit }: Asked, refund: Stripe.Refund): Stripe.Refund {
  const failed: Stripe.Refund = {
    ...refund,
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: newId('txn'),
  }
  store.put('refund', failed)
  const charge = store.get('charge', String(refund.charge)) as Stripe.Charge
  Object.assign(charge, {
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  })
  store.put('charge', charge)
  emit('refund.failed', failed)
  return refund
}

/** Of a pending one, when the bank has done it. */
export function settleRefund({ store, ids, emit }: Asked): Stripe.Refund {
  const refund = store.get('refund', ids[0] ?? '')
  if (!refund) throw missing('refund', ids[0] ?? '', 'refund')
  const settled = store.put('refund', { ...refund, status: 'succeeded' })
  emit('refund.updated', settled)
  return settled
}
