import type Stripe from 'stripe'
import { type Asked, asAfter } from './asked.ts'
import { declineMessage } from './cards.ts'
import { newId, newSecret } from './chance.ts'
import { cardOf } from './charging.ts'
import { Fault, invalid, missing } from './fault.ts'
import { textIn, textsIn } from './form.ts'
import { attached, methodOf } from './methods.ts'

type Setup = Stripe.SetupIntent

export function createSetup(asked: Asked): Setup {
  const { store, form, now, emit } = asked
  const customer = textIn(form, 'customer') ?? null
  if (customer && !store.get('customer', customer)) throw missing('customer', customer, 'customer')
  const named = textIn(form, 'payment_method')
  const method = named ? methodOf(asked, named) : null
  const setup = store.put('setup_intent', newSetup({ customer, method, now, form }))
  emit('setup_intent.created', setup)
  return textIn(form, 'confirm') === 'true' ? confirmSetup(asAfter(asked, setup.id)) : setup
}

interface Setting {
  customer: string | null
  method: Stripe.PaymentMethod | null
  now: number
  form: Asked['form']
}

function newSetup({ customer, method, now, form }: Setting): Setup {
  const id = newId('seti')
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: ['card'],
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: newSecret(id),
    created: now,
    customer,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: { enabled: false },
    mandate: null,
    metadata: textsIn(form, 'metadata'),
    next_action: null,
    on_behalf_of: null,
    payment_method: method?.id ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    usage: textIn(form, 'usage') ?? 'off_session',
  } satisfies Setup as Setup
}

export function setupOf({ store, ids: [id = ''], clientSecret }: Asked): Setup {
  const setup = store.get('setup_intent', id)
  if (!setup || (clientSecret !== null && clientSecret !== setup.client_secret)) {
    throw missing('setup_intent', id, 'intent')
  }
  return setup
}

export function confirmSetup(asked: Asked): Setup {
  const { store, form, url, emit } = asked
  const setup = setupOf(asked)
  mustBe(setup, ['requires_confirmation', 'requires_payment_method'])
  const named = textIn(form, 'payment_method') ?? (setup.payment_method as string | null)
  if (!named) throw invalid('This SetupIntent is missing a payment method.')
  const method = methodOf(asked, named)
  const card = cardOf(asked, method)
  setup.payment_method = method.id
  if (card.decline) return refuse(asked, setup, { method, ...card.decline })
  if (card.threeDSecure !== 'always' && card.threeDSecure !== 'unless-set-up') {
    return succeed(asked, setup)
  }
  const returnUrl = textIn(form, 'return_url') ?? null
  Object.assign(setup, {
    status: 'requires_action',
    next_action: {
      redirect_to_url: { return_url: returnUrl, url: `${url}/bank/${setup.id}` },
      type: 'redirect_to_url',
    },
  })
  store.put('setup_intent', setup)
  emit('setup_intent.requires_action', setup)
  return setup
}

function succeed(asked: Asked, setup: Setup): Setup {
  const method = methodOf(asked, String(setup.payment_method))
  if (setup.customer) attached(asked, method, String(setup.customer))
  Object.assign(setup, { status: 'succeeded', next_action: null, last_setup_error: null })
  asked.store.put('setup_intent', setup)
  asked.emit('setup_intent.succeeded', setup)
  return setup
}

interface Refusing {
  method: Stripe.PaymentMethod
  code: string
  decline_code?: string
}

function refuse({ store, emit }: Asked, setup: Setup, { method, ...decline }: Refusing): never {
  const said = { ...decline, message: declineMessage(decline), type: 'card_error' }
  Object.assign(setup, {
    status: 'requires_payment_method',
    payment_method: null,
    last_setup_error: { ...said, payment_method: method },
  })
  store.put('setup_intent', setup)
  emit('setup_intent.setup_failed', setup)
  throw new Fault(402, { ...said, setup_intent: setup, payment_method: method })
}

export function answerBankOfSetup(asked: Asked, isPassed: boolean): Setup {
  const setup = setupOf(asked)
  mustBe(setup, ['requires_action'])
  if (isPassed) return succeed(asked, setup)
  Object.assign(setup, {
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: {
      code: 'setup_intent_authentication_failure',
      message: 'The provided PaymentMethod has failed authentication.',
      type: 'invalid_request_error',
    },
  })
  asked.store.put('setup_intent', setup)
  asked.emit('setup_intent.setup_failed', setup)
  return setup
}

function mustBe(setup: Setup, states: readonly Setup['status'][]): void {
  if (states.includes(setup.status)) return
  const code = 'setup_intent_unexpected_state'
  const message = `This SetupIntent has a status of ${setup.status}.`
  throw new Fault(400, { type: 'invalid_request_error', code, message, setup_intent: setup }, true)
}

export function cancelSetup(asked: Asked): Setup {
  const setup = setupOf(asked)
  mustBe(setup, ['requires_payment_method', 'requires_confirmation', 'requires_action'])
  Object.assign(setup, { status: 'canceled', next_action: null })
  asked.store.put('setup_intent', setup)
  asked.emit('setup_intent.canceled', setup)
  return setup
}
