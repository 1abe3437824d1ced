import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type Stripe from 'stripe'

interface Kinds {
  payment_intent: Stripe.PaymentIntent
  charge: Stripe.Charge
  refund: Stripe.Refund
  setup_intent: Stripe.SetupIntent
  payment_method: Stripe.PaymentMethod
  customer: Stripe.Customer
  dispute: Stripe.Dispute
  event: Stripe.Event
  webhook_endpoint: Stripe.WebhookEndpoint
  /** Which test card a payment method is. */
  card: { id: string; token: string }
  /** What an idempotency key was answered, and for what. */
  key: { id: string; asked: string; status: number; body: string }
}

export type Kind = keyof Kinds

interface Past {
  find(kind: Kind, id: string): object | undefined
  refundsOf(intentId: string): readonly Stripe.Refund[]
}

/** All that this Stripe knows. What is put is in its file before anybody is answered. */
export class Store {
  readonly #all = new Map<Kind, Map<string, unknown>>()
  readonly #file: string | undefined
  readonly #past: Past | undefined

  constructor(file?: string, past?: Past) {
    this.#file = file
    this.#past = past
    if (file && existsSync(file)) this.#read(file)
  }

  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    const found = this.#all.get(kind)?.get(id) ?? this.#past?.find(kind, id)
    return found && (structuredClone(found) as Kinds[K])
  }

  /** Those that are wanted, in the order in which they were first put. */
  all<K extends Kind>(kind: K, isWanted: (each: Kinds[K]) => boolean = () => true): Kinds[K][] {
    const known = (this.#all.get(kind)?.values() ?? []) as Iterable<Kinds[K]>
    return [...known].filter(isWanted).map((each) => structuredClone(each))
  }

  /** Of a payment before this Stripe was here. */
  pastRefundsOf = (intentId: string): readonly Stripe.Refund[] =>
    this.#past?.refundsOf(intentId) ?? []

  put<K extends Kind>(kind: K, value: Kinds[K]): Kinds[K] {
    this.#keep(kind, value)
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify([kind, value])}\n`)
    return structuredClone(value)
  }

  #keep(kind: Kind, value: { id: string }): void {
    const ofKind = this.#all.get(kind) ?? new Map()
    this.#all.set(kind, ofKind)
    ofKind.set(value.id, structuredClone(value))
  }

  /** A line that was cut off by a kill was not answered. */
  #read(file: string): void {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (!line.endsWith(']')) continue
      const [kind, value] = JSON.parse(line) as [Kind, { id: string }]
      this.#keep(kind, value)
    }
  }
}
