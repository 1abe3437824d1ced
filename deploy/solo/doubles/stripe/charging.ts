import type Stripe from 'stripe'
import type { Asked } from './asked.ts'
import { declineMessage, type TestCard, testCards } from './cards.ts'
import { Fault, missing } from './fault.ts'
import { textIn } from './form.ts'
import { newCharge } from './objects.ts'

type Intent = Stripe.PaymentIntent

export function intentOf({ store, ids: [id = ''], clientSecret }: Asked): Intent {
  const intent = store.get('payment_intent', id)
  if (!intent || (clientSecret !== null && clientSecret !== intent.client_secret)) {
    throw missing('payment_intent', id, 'intent')
  }
  return intent
}

export function asksBank(
  { threeDSecure }: TestCard,
  { customer }: Stripe.PaymentMethod,
  asks: boolean,
) {
  if (threeDSecure === 'always') return true
  if (threeDSecure === 'unless-set-up') return customer === null
  return asks && threeDSecure !== 'unsupported'
}

export function cardOf({ store }: Asked, method: Stripe.PaymentMethod): TestCard {
  const token = store.get('card', method.id)?.token ?? 'pm_card_visa'
  return testCards[token] ?? (testCards.pm_card_visa as TestCard)
}

export function askBank({ store, form, url, emit }: Asked, intent: Intent): Intent {
  const returnUrl = textIn(form, 'return_url')
  intent.status = 'requires_action'
  intent.last_payment_error = null
  intent.next_action = returnUrl
    ? {
        redirect_to_url: { return_url: returnUrl, url: `${url}/bank/${intent.id}` },
        type: 'redirect_to_url',
      }
    : { type: 'use_stripe_sdk', use_stripe_sdk: {} }
  store.put('payment_intent', intent)
  emit('payment_intent.requires_action', intent)
  return intent
}

interface Charging {
  readonly method: Stripe.PaymentMethod
  readonly card: TestCard
  readonly isAuthenticated: boolean
}

export function charge(
  asked: Asked,
  intent: Intent,
  { method, card, isAuthenticated }: Charging,
): Intent {
  const { store, now, emit } = asked
  const { decline } = card
  if (decline)
    return refuse(asked, intent, {
      ...decline,
      message: declineMessage(decline),
      method,
      isAuthenticated,
    })
  const made = newCharge({ intent, method, created: now, isAuthenticated, refusal: null })
  const isManual = intent.capture_method === 'manual'
  Object.assign(intent, {
    status: isManual ? 'requires_capture' : 'succeeded',
    amount_capturable: isManual ? intent.amount : 0,
    amount_received: isManual ? 0 : intent.amount,
    latest_charge: made.id,
    next_action: null,
    last_payment_error: null,
  })
  store.put('charge', made)
  store.put('payment_intent', intent)
  emit('charge.succeeded', made)
  emit(isManual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', intent)
  return intent
}

interface Refusing {
  readonly code: string
  readonly decline_code?: string
  readonly message: string
  readonly method: Stripe.PaymentMethod
  readonly isAuthenticated: boolean
}

function refuse({ store, now, emit }: Asked, intent: Intent, refusing: Refusing): never {
  const { code, decline_code, message, method, isAuthenticated } = refusing
  const refusal = { code, message, reason: decline_code ?? code }
  const made = newCharge({ intent, method, created: now, isAuthenticated, refusal })
  const said = { code, ...(decline_code && { decline_code }), message, type: 'card_error' as const }
  Object.assign(intent, {
    status: 'requires_payment_method',
    latest_charge: made.id,
    next_action: null,
    payment_method: null,
    last_payment_error: { ...said, charge: made.id, payment_method: method },
  })
  store.put('charge', made)
  store.put('payment_intent', intent)
  emit('charge.failed', made)
  emit('payment_intent.payment_failed', intent)
  throw new Fault(402, { ...said, charge: made.id, payment_intent: intent, payment_method: method })
}

/** What the shopper did on the bank's page. */
export function answerBank(asked: Asked, isPassed: boolean): Intent {
  const intent = intentOf(asked)
  mustBe(intent, 'authenticate', ['requires_action'])
  const method = asked.store.get('payment_method', String(intent.payment_method))
  if (!method) throw missing('payment_method', String(intent.payment_method), 'payment_method')
  const message =
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.'
  const code = 'payment_intent_authentication_failure'
  try {
    if (!isPassed) return refuseUnauthenticated(asked, intent, { code, message, method })
    return charge(asked, intent, { method, card: cardOf(asked, method), isAuthenticated: true })
  } catch (fault) {
    // Declined after all: the page has been left, and whoever looks at the intent sees it.
    if (fault instanceof Fault && fault.status === 402) return intentOf(asked)
    throw fault
  }
}

function refuseUnauthenticated(
  { store, emit }: Asked,
  intent: Intent,
  { code, message, method }: Pick<Refusing, 'code' | 'message' | 'method'>,
): Intent {
  Object.assign(intent, {
    status: 'requires_payment_method',
    next_action: null,
    payment_method: null,
    last_payment_error: { code, message, payment_method: method, type: 'invalid_request_error' },
  })
  store.put('payment_intent', intent)
  emit('payment_intent.payment_failed', intent)
  return intent
}

export function mustBe(intent: Intent, deed: string, states: readonly Intent['status'][]): void {
  if (states.includes(intent.status)) return
  throw new Fault(
    400,
    {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: `You cannot ${deed} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${deed}ed: ${states.join(', ')}.`,
      payment_intent: intent,
    },
    true,
  )
}
