import type Stripe from 'stripe'
import type { TestCard } from './cards.ts'
import { newId, newSecret } from './chance.ts'

interface Intended {
  amount: number
  currency: string
  created: number
  customer: string | null
  metadata: Record<string, string>
  captureMethod: Stripe.PaymentIntent.CaptureMethod
  allowed: Stripe.PaymentIntent['allowed_payment_method_types']
}

/** Of an intent what this shop neither asks for nor reads. */
const unsaid = {
  amount_details: { tip: {} },
  application: null,
  application_fee_amount: null,
  canceled_at: null,
  cancellation_reason: null,
  customer_account: null,
  description: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  managed_payments: { enabled: false },
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
}

export function newIntent(intended: Intended) {
  const { amount, currency, created, customer, metadata, captureMethod, allowed } = intended
  const id = newId('pi')
  return {
    ...unsaid,
    id,
    object: 'payment_intent',
    allowed_payment_method_types: allowed,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    automatic_payment_methods: allowed ? null : { allow_redirects: 'always', enabled: true },
    capture_method: captureMethod,
    client_secret: newSecret(id),
    confirmation_method: 'automatic',
    created,
    currency,
    customer,
    livemode: false,
    metadata,
    payment_method: null,
    payment_method_options: { card: cardOptions },
    payment_method_types: ['card'],
    status: 'requires_payment_method',
  } satisfies Stripe.PaymentIntent as Stripe.PaymentIntent
}

const cardOptions = {
  installments: null,
  mandate_options: null,
  network: null,
  request_three_d_secure: 'automatic',
} as const

const nobody = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
}

const checks = {
  address_line1_check: null,
  address_postal_code_check: null,
  cvc_check: 'pass',
} as const

export function newMethod(card: TestCard, created: number) {
  const { brand, last4, funding, threeDSecure } = card
  return {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: nobody,
    card: {
      brand,
      checks,
      country: 'US',
      display_brand: brand,
      exp_month: 12,
      exp_year: 2034,
      fingerprint: `double${brand}${last4}`,
      funding,
      generated_from: null,
      last4,
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: threeDSecure !== 'unsupported' },
      wallet: null,
    },
    created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  } satisfies Stripe.PaymentMethod as Stripe.PaymentMethod
}

interface Charged {
  intent: Stripe.PaymentIntent
  method: Stripe.PaymentMethod
  created: number
  isAuthenticated: boolean
  refusal: { code: string; message: string; reason: string } | null
}

/** Of a charge what this shop neither asks for nor reads. */
const unread = {
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  calculated_statement_descriptor: 'SHOPGRAPH',
  description: null,
  disputed: false,
  failure_balance_transaction: null,
  fraud_details: {},
  on_behalf_of: null,
  receipt_email: null,
  receipt_number: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
}

export function newCharge({ intent, method, created, isAuthenticated, refusal }: Charged) {
  const isCaptured = !refusal && intent.capture_method !== 'manual'
  const id = newId('ch')
  return {
    ...unread,
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    balance_transaction: isCaptured ? newId('txn') : null,
    billing_details: method.billing_details,
    captured: isCaptured,
    created,
    currency: intent.currency,
    customer: intent.customer as string | null,
    failure_code: refusal?.code ?? null,
    failure_message: refusal?.message ?? null,
    livemode: false,
    metadata: intent.metadata,
    outcome: outcomeOf(refusal),
    paid: !refusal,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(intent, method, isAuthenticated), type: 'card' },
    receipt_url: `https://pay.stripe.com/receipts/payment/${id}`,
    status: refusal ? 'failed' : 'succeeded',
  } satisfies Stripe.Charge as Stripe.Charge
}

const outcomeOf = (refusal: Charged['refusal']) =>
  ({
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: refusal ? 'declined_by_network' : 'approved_by_network',
    reason: refusal?.reason ?? null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message: refusal ? 'The bank declined.' : 'Payment complete.',
    type: refusal ? 'issuer_declined' : 'authorized',
  }) satisfies Stripe.Charge.Outcome

function cardDetails(
  { amount, created }: Stripe.PaymentIntent,
  { card }: Stripe.PaymentMethod,
  isAuthenticated: boolean,
) {
  const { brand, last4, funding, fingerprint } = card ?? { brand: 'visa', last4: '4242' }
  return {
    amount_authorized: amount,
    authorization_code: '123456',
    brand,
    // https://docs.stripe.com/payments/place-a-hold-on-a-payment-method: seven days.
    capture_before: created + 7 * 86_400,
    checks,
    country: 'US',
    electronic_commerce_indicator: isAuthenticated ? '05' : null,
    exp_month: 12,
    exp_year: 2034,
    extended_authorization: { status: 'disabled' },
    fingerprint: fingerprint ?? null,
    funding: funding ?? null,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: brand,
    network_token: { used: false },
    network_transaction_id: '104102105106107',
    overcapture: { maximum_amount_capturable: amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: isAuthenticated ? authenticated : null,
    transaction_link_id: null,
    wallet: null,
  } satisfies Stripe.Charge.PaymentMethodDetails.Card
}

const authenticated = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: '5a5b5c5d-0000-4000-8000-000000000000',
  version: '2.2.0',
} as const
