import type Stripe from 'stripe'
import type { SavedMethod, SeenSetup } from '../domain/payment-methods.ts'
import { waiting } from './stripe.ts'
import { inOurWords, isGone, reasonOf, refusalOf } from './stripe-errors.ts'
import { idIn } from './stripe-seen.ts'

const expand = ['payment_method']

/** Where Stripe keeps cards for us: what comes back of one is its last four digits. */
export class StripeVault {
  readonly #stripe: Stripe
  readonly #returnUrl: string

  constructor(stripe: Stripe, returnUrl: string) {
    this.#stripe = stripe
    this.#returnUrl = returnUrl
  }

  /** Of a shopper it is told an id, and nothing else. */
  async customer(userId: string): Promise<string> {
    const options = { idempotencyKey: `customer:${userId}`, ...waiting() }
    const params = { metadata: { user: userId } }
    return (await inOurWords(this.#stripe.customers.create(params, options))).id
  }

  async setUp({ id, method }: SavedMethod, customer: string): Promise<SeenSetup> {
    const params: Stripe.SetupIntentCreateParams = {
      customer,
      payment_method: method,
      allowed_payment_method_types: ['card'],
      usage: 'off_session',
      confirm: true,
      return_url: this.#returnUrl,
      metadata: { method: id },
      expand,
    }
    const options = { idempotencyKey: `${id}:setup`, ...waiting() }
    try {
      return seenSetup(await inOurWords(this.#stripe.setupIntents.create(params, options)))
    } catch (error) {
      const refusal = refusalOf(error)
      if (!refusal) throw error
      const { setup_intent: setup } = error as Stripe.errors.StripeError
      return setup ? { ...seenSetup(setup), status: 'refused', refusal } : refused(id, refusal)
    }
  }

  async readSetup(setupId: string): Promise<SeenSetup> {
    return seenSetup(
      await inOurWords(this.#stripe.setupIntents.retrieve(setupId, { expand }, waiting())),
    )
  }

  /** Of one that is forgotten already nothing is left to do. */
  async forget({ method }: SavedMethod): Promise<void> {
    try {
      await inOurWords(this.#stripe.paymentMethods.detach(method, {}, waiting()))
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
}

const refused = (methodId: string, refusal: string): SeenSetup => ({
  id: `none:${methodId}`,
  methodId,
  status: 'refused',
  method: null,
  card: null,
  refusal,
  clientSecret: null,
  redirectUrl: null,
})

function seenSetup(setup: Stripe.SetupIntent): SeenSetup {
  const method = typeof setup.payment_method === 'string' ? null : setup.payment_method
  const failure = setup.last_setup_error
  const { brand, last4, exp_month: expMonth, exp_year: expYear } = method?.card ?? {}
  return {
    id: setup.id,
    methodId: idIn(setup.metadata, 'method'),
    status: statusOf(setup),
    method: method?.id ?? null,
    card: brand && last4 && expMonth && expYear ? { brand, last4, expMonth, expYear } : null,
    refusal: failure && reasonOf(failure),
    clientSecret: setup.client_secret,
    redirectUrl: setup.next_action?.redirect_to_url?.url ?? null,
  }
}

function statusOf({ status, last_setup_error }: Stripe.SetupIntent): SeenSetup['status'] {
  if (status === 'succeeded') return 'saved'
  if (status === 'requires_action') return 'asking'
  return status === 'canceled' || last_setup_error ? 'refused' : 'open'
}
