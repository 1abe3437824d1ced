import type Stripe from 'stripe'
import { type Asked, asAfter } from './asked.ts'
import { askBank, asksBank, cardOf, charge, intentOf, mustBe } from './charging.ts'
import { invalid, missing, required } from './fault.ts'
import { formIn, listIn, numberIn, textIn, textsIn } from './form.ts'
import { methodOf } from './methods.ts'
import { newIntent } from './objects.ts'

type Intent = Stripe.PaymentIntent

export function createIntent(asked: Asked): Intent {
  const { store, form, now, emit } = asked
  const amount = numberIn(form, 'amount')
  const currency = textIn(form, 'currency')?.toLowerCase()
  if (amount === undefined) throw required('amount')
  if (!currency) throw required('currency')
  checkAmount(amount, currency)
  const customer = textIn(form, 'customer') ?? null
  if (customer && !store.get('customer', customer)) throw missing('customer', customer, 'customer')
  const allowed = listIn(form, 'allowed_payment_method_types')
  const intent = newIntent({
    amount,
    currency,
    created: now,
    customer,
    metadata: textsIn(form, 'metadata'),
    captureMethod: (textIn(form, 'capture_method') ??
      'automatic_async') as Intent['capture_method'],
    allowed: allowed.length > 0 ? (allowed as Intent['allowed_payment_method_types']) : null,
  })
  store.put('payment_intent', intent)
  emit('payment_intent.created', intent)
  if (textIn(form, 'payment_method')) giveMethod(asked, intent)
  return textIn(form, 'confirm') === 'true' ? confirmIntent(asAfter(asked, intent.id)) : intent
}

/** https://docs.stripe.com/currencies: at most eight digits, and in some currencies only whole tens. */
function checkAmount(amount: number, currency: string): void {
  if (amount < 1) {
    throw invalid('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    })
  }
  if (amount > 99_999_999) {
    throw invalid('Amount must be no more than 99999999.', {
      code: 'amount_too_large',
      param: 'amount',
    })
  }
  const step = { bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 }[currency] ?? 1
  if (amount % step !== 0) {
    throw invalid(`Invalid amount: must be a multiple of ${step} in ${currency}.`, {
      param: 'amount',
    })
  }
}

function giveMethod(asked: Asked, intent: Intent): Stripe.PaymentMethod | null {
  const named = textIn(asked.form, 'payment_method') ?? (intent.payment_method as string | null)
  if (!named) return null
  const method = methodOf(asked, named)
  if (method.customer && method.customer !== intent.customer) {
    throw invalid('The provided PaymentMethod is attached to another customer.', {
      param: 'payment_method',
    })
  }
  intent.payment_method = method.id
  if (intent.status === 'requires_payment_method') intent.status = 'requires_confirmation'
  asked.store.put('payment_intent', intent)
  return method
}

export function confirmIntent(asked: Asked): Intent {
  const intent = intentOf(asked)
  mustBe(intent, 'confirm', ['requires_payment_method', 'requires_confirmation', 'requires_action'])
  const method = giveMethod(asked, intent)
  if (!method) {
    throw invalid('You cannot confirm this PaymentIntent because it’s missing a payment method.', {
      code: 'payment_intent_unexpected_state',
    })
  }
  const card = cardOf(asked, method)
  const options = formIn(formIn(asked.form, 'payment_method_options'), 'card')
  const asksAnyway = textIn(options, 'request_three_d_secure') === 'any'
  if (asksBank(card, method, asksAnyway)) return askBank(asked, intent)
  return charge(asked, intent, { method, card, isAuthenticated: false })
}

export function captureIntent(asked: Asked): Intent {
  const { store, form, emit } = asked
  const intent = intentOf(asked)
  mustBe(intent, 'capture', ['requires_capture'])
  const amount = numberIn(form, 'amount_to_capture') ?? intent.amount_capturable
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalid('The amount to capture is greater than the capturable amount.', {
      code: 'amount_too_large',
      param: 'amount_to_capture',
    })
  }
  const made = store.get('charge', String(intent.latest_charge)) as Stripe.Charge
  Object.assign(made, { captured: true, amount_captured: amount })
  Object.assign(intent, { status: 'succeeded', amount_capturable: 0, amount_received: amount })
  store.put('charge', made)
  store.put('payment_intent', intent)
  emit('charge.captured', made)
  emit('payment_intent.succeeded', intent)
  return intent
}

const cancellable = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
] as const

export function cancelIntent(asked: Asked): Intent {
  const { store, form, now, emit } = asked
  const intent = intentOf(asked)
  mustBe(intent, 'cancel', cancellable)
  Object.assign(intent, {
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: now,
    cancellation_reason: textIn(form, 'cancellation_reason') ?? null,
    next_action: null,
  })
  store.put('payment_intent', intent)
  emit('payment_intent.canceled', intent)
  return intent
}
