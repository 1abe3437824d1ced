import type { Money } from '@shop/kit/money'
import { reach } from '@shop/kit/points'
import type Stripe from 'stripe'
import type { Attempt, Refund, SeenIntent } from '../domain/payment.ts'
import type { Provider, SeenDispute, SeenRefund } from '../domain/provider.ts'
import { waiting } from './stripe.ts'
import { fromStripe, toStripe } from './stripe-amounts.ts'
import { doOnce, inOurWords, isPast, refusalOf } from './stripe-errors.ts'
import { seenIntent, seenRefund } from './stripe-seen.ts'

const expand = ['latest_charge']

/** Money by Stripe, in the shop's words. A refused card is an outcome; Stripe being away is thrown. */
export class StripePayments implements Provider {
  readonly #stripe: Stripe
  readonly #returnUrl: string

  constructor(stripe: Stripe, returnUrl: string) {
    this.#stripe = stripe
    this.#returnUrl = returnUrl
  }

  isChargeable(amount: Money): boolean {
    return toStripe(amount) !== null
  }

  /** Unconfirmed, and without the card: nothing can happen by it, and a card that is wrong fails later. */
  create(attempt: Attempt): Promise<SeenIntent> {
    const { id, orderId, paymentId, customer, currency } = attempt
    const params: Stripe.PaymentIntentCreateParams = {
      amount: toStripe(attempt) ?? 0,
      currency: currency.toLowerCase(),
      // Captured when the stock is committed: until then nobody has paid.
      capture_method: 'manual',
      allowed_payment_method_types: ['card'],
      metadata: { order: orderId, payment: paymentId, attempt: id },
      ...(customer && { customer }),
      expand,
    }
    return this.#seen(
      doOnce({
        key: `${id}:create`,
        ask: (key) => at('create', () => this.#intents.create(params, keyed(key))),
        // One that was made twice holds no money, and is found by reconciliation.
        look: async () => null,
      }),
    )
  }

  async confirm(attempt: Attempt, intentId: string): Promise<SeenIntent> {
    const { id, method, requiresThreeDSecure } = attempt
    if (!method) return this.read(intentId)
    const params: Stripe.PaymentIntentConfirmParams = {
      payment_method: method,
      return_url: this.#returnUrl,
      ...(requiresThreeDSecure && {
        payment_method_options: { card: { request_three_d_secure: 'any' } },
      }),
      expand,
    }
    try {
      return await this.#change(`${id}:confirm`, intentId, {
        ask: (key) => at('authorize', () => this.#intents.confirm(intentId, params, keyed(key))),
        isDone: ({ status }) => status !== 'open',
      })
    } catch (error) {
      const failureCode = refusalOf(error)
      if (!failureCode) throw error
      const seen = await this.read(intentId)
      return seen.status === 'open' ? { ...seen, status: 'declined', failureCode } : seen
    }
  }

  capture({ id }: Attempt, intentId: string): Promise<SeenIntent> {
    return this.#change(`${id}:capture`, intentId, {
      ask: (key) => at('capture', () => this.#intents.capture(intentId, { expand }, keyed(key))),
      isDone: ({ status }) => status === 'captured',
    })
  }

  cancel({ id }: Attempt, intentId: string): Promise<SeenIntent> {
    return this.#change(`${id}:cancel`, intentId, {
      ask: (key) => at('void', () => this.#intents.cancel(intentId, { expand }, keyed(key))),
      isDone: ({ status }) => status === 'cancelled',
    })
  }

  read(intentId: string): Promise<SeenIntent> {
    return this.#seen(at('look', () => this.#intents.retrieve(intentId, { expand }, waiting())))
  }

  async find({ id }: Attempt): Promise<SeenIntent | null> {
    const query = `metadata['attempt']:'${id}'`
    const { data } = await inOurWords(this.#intents.search({ query, limit: 1 }, waiting()))
    return data[0] ? this.read(data[0].id) : null
  }

  async refund(refund: Refund, intentId: string): Promise<SeenRefund | null> {
    const { id, amountMinor, currency } = refund
    const params: Stripe.RefundCreateParams = {
      payment_intent: intentId,
      amount: toStripe({ amountMinor, currency }) ?? 0,
      metadata: { refund: id },
    }
    try {
      const made = doOnce({
        key: id,
        ask: async (key) =>
          seenRefund(await at('refund', () => this.#stripe.refunds.create(params, keyed(key)))),
        look: async () =>
          (await this.refundsOf(intentId)).find((one) => one.refundId === id) ?? null,
      })
      return await inOurWords(made)
    } catch (error) {
      if (refusalOf(error)) return null
      throw error
    }
  }

  async refundsOf(intentId: string): Promise<SeenRefund[]> {
    const params = { payment_intent: intentId, limit: 100 }
    const all = this.#stripe.refunds.list(params, waiting()).autoPagingToArray({ limit: 10_000 })
    return (await inOurWords(all)).map(seenRefund)
  }

  tellsOfRefunds(type: string): boolean {
    return /^(refund\.|charge\.refund|charge\.dispute)/.test(type)
  }

  async dispute(disputeId: string): Promise<SeenDispute> {
    const { id, amount, currency, reason } = await inOurWords(
      this.#stripe.disputes.retrieve(disputeId, {}, waiting()),
    )
    return { id, ...fromStripe(amount, currency), reason }
  }

  async *intentsBetween(from: Date, to: Date): AsyncIterable<SeenIntent> {
    const [gte, lte] = [from, to].map((each) => Math.floor(each.getTime() / 1000))
    const params = { created: { gte, lte }, limit: 100, expand: ['data.latest_charge'] }
    for await (const intent of this.#intents.list(params as Stripe.PaymentIntentListParams)) {
      yield seenIntent(intent)
    }
  }

  async giveBack({ id }: SeenIntent): Promise<void> {
    const params = { payment_intent: id, metadata: { reason: 'unknown' } }
    await inOurWords(this.#stripe.refunds.create(params, keyed(`${id}:give-back`)))
  }

  async drop({ id }: SeenIntent): Promise<void> {
    await inOurWords(this.#intents.cancel(id, {}, keyed(`${id}:drop`)))
  }

  get #intents(): Stripe['paymentIntents'] {
    return this.#stripe.paymentIntents
  }

  /** Where somebody was there first, what is so is the answer. */
  async #change(key: string, intentId: string, { ask, isDone }: Changing): Promise<SeenIntent> {
    const look = async () => {
      const seen = await this.read(intentId)
      return isDone(seen) ? seen : null
    }
    try {
      const asking = async (round: string) => seenIntent(await ask(round))
      return await inOurWords(doOnce({ key, ask: asking, look }))
    } catch (error) {
      if (isPast(error)) return this.read(intentId)
      throw error
    }
  }

  async #seen(intent: Promise<Stripe.PaymentIntent>): Promise<SeenIntent> {
    return seenIntent(await inOurWords(intent))
  }
}

interface Changing {
  ask(key: string): Promise<Stripe.PaymentIntent>
  isDone(seen: SeenIntent): boolean
}

const keyed = (idempotencyKey: string) => ({ idempotencyKey, ...waiting() })

/** `sent` is reached when the provider has done it and nothing of it is written down. */
async function at<R>(deed: string, ask: () => Promise<R>): Promise<R> {
  await reach(`payments.${deed}.before`)
  const answer = await ask()
  await reach(`payments.${deed}.sent`)
  return answer
}
