import { createHmac } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type Stripe from 'stripe'
import { newId } from './chance.ts'
import type { Misfortune } from './script.ts'
import type { Store } from './store.ts'

export interface Endpoint {
  readonly url: string
  readonly secret: string
}

interface Sending {
  readonly store: Store
  readonly misfortune: Misfortune
  readonly endpoints: () => readonly Endpoint[]
  readonly now: () => number
}

/** Between tries; at Stripe they take three days. */
const rests = [500, 1000, 2000, 4000, 8000, 16_000]

/** Tells endpoints of events: at least once, unordered, each signed. */
export class Post implements AsyncDisposable {
  readonly #needs: Sending
  readonly #over = new AbortController()
  readonly #under = new Set<Promise<void>>()
  isHeld = false

  constructor(needs: Sending) {
    this.#needs = needs
  }

  emit(type: Stripe.Event.Type, object: object): void {
    const { store, now } = this.#needs
    const event = {
      id: newId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      created: now(),
      data: { object: object as Stripe.Event.Data.Object },
      livemode: false,
      pending_webhooks: this.#needs.endpoints().length,
      request: { id: newId('req'), idempotency_key: null },
      type,
    } satisfies Stripe.EventBase as Stripe.Event
    store.put('event', event)
    if (!this.isHeld) this.send(event)
  }

  send(event: Stripe.Event): void {
    for (const endpoint of this.#needs.endpoints()) {
      for (const delayMs of this.#needs.misfortune.copies()) {
        const sending = this.#deliver(event, endpoint, delayMs).finally(() =>
          this.#under.delete(sending),
        )
        this.#under.add(sending)
      }
    }
  }

  async #deliver(event: Stripe.Event, endpoint: Endpoint, delayMs: number): Promise<void> {
    const { signal } = this.#over
    for (const rest of [delayMs, ...rests]) {
      await setTimeout(rest, null, { signal }).catch(() => {})
      if (signal.aborted || (await isTaken(event, endpoint, this.#needs.now()))) return
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await Promise.all(this.#under)
  }
}

async function isTaken(event: Stripe.Event, { url, secret }: Endpoint, now: number) {
  const body = JSON.stringify(event, null, 2)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': signatureOf(body, secret, now),
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
  }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(10_000),
    })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

/** https://docs.stripe.com/webhooks/signature */
export function signatureOf(body: string, secret: string, now: number): string {
  const mac = createHmac('sha256', secret).update(`${now}.${body}`).digest('hex')
  return `t=${now},v1=${mac}`
}
