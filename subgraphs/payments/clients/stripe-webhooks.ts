import Stripe from 'stripe'
import type { WebhookSecret } from '../config.ts'
import type { Heard } from '../domain/receive-webhook.ts'

/** https://docs.stripe.com/webhooks/signature: how old a signature may be, and how young. */
const toleranceSeconds = 300

interface Arrived {
  readonly body: Buffer
  readonly signature: string
  readonly now: Date
}

/** Null for what is not signed with a secret that is good now, or is of another kind of account. */
export function hearing(secrets: readonly WebhookSecret[], isLive: boolean) {
  return ({ body, signature, now }: Arrived): Heard | null => {
    const good = secrets.filter(({ secret, until }) => secret && (!until || now < until))
    const event = isTimely(signature, now) && firstOf(good, { body, signature, now })
    if (!event || event.livemode !== isLive) return null
    return { eventId: event.id, type: event.type, ...subjectOf(event.data.object as Subject) }
  }
}

/** Stripe's library refuses what is old, and takes what is from tomorrow. */
function isTimely(signature: string, now: Date): boolean {
  const [, seconds] = /(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature) ?? []
  return seconds !== undefined && Number(seconds) - now.getTime() / 1000 <= toleranceSeconds
}

function firstOf(secrets: readonly WebhookSecret[], arrived: Arrived): Stripe.Event | null {
  for (const { secret } of secrets) {
    const event = verified(secret, arrived)
    if (event) return event
  }
  return null
}

function verified(secret: string, { body, signature, now }: Arrived): Stripe.Event | null {
  try {
    return Stripe.webhooks.constructEvent(
      body,
      signature,
      secret,
      toleranceSeconds,
      undefined,
      now.getTime(),
    )
  } catch (fault) {
    const isForged =
      fault instanceof Stripe.errors.StripeSignatureVerificationError ||
      fault instanceof SyntaxError
    if (isForged) return null
    throw fault
  }
}

interface Subject {
  readonly object: string
  readonly id: string
  readonly payment_intent?: string | { readonly id: string } | null
}

function subjectOf({ object, id, payment_intent: of }: Subject) {
  const intent = typeof of === 'string' ? of : (of?.id ?? null)
  return {
    intentId: object === 'payment_intent' ? id : intent,
    setupId: object === 'setup_intent' ? id : null,
    disputeId: object === 'dispute' ? id : null,
  }
}
