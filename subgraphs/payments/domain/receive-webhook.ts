import type { Clock } from '@shop/kit/clock'

/** What a provider says has happened, without what it says is so. */
export interface Heard {
  readonly eventId: string
  readonly type: string
  readonly intentId: string | null
  readonly setupId: string | null
  readonly disputeId: string | null
}

export type WebhookState = 'RECEIVED' | 'PROCESSED' | 'IGNORED' | 'FAILED'

export interface WebhookDelivery extends Heard {
  readonly id: string
  readonly provider: string
  readonly state: WebhookState
  readonly received: number
  readonly attempts: number
  readonly receivedAt: Date
  readonly processedAt: Date | null
}

interface Needs {
  clock: Clock
  /** Null for what is not signed as it should be. */
  hear(arrived: { body: Buffer; signature: string; now: Date }): Heard | null
  webhooks: { keep(heard: Heard, now: Date): Promise<string> }
}

export interface ReceiveWebhook {
  readonly provider: string
  readonly bodyBase64: string
  readonly headers: unknown
}

export interface WebhookTaken {
  readonly kind: 'WebhookTaken'
  readonly id: string
}

export interface WebhookRefused {
  readonly kind: 'WebhookRefused'
  readonly reason: string
}

/**
 * Stored before anything is done about it, in whatever order and however often it comes. It is
 * looked into within a second, with all that comes in it: a provider tells five times of one purchase.
 */
export async function receiveWebhook(
  { clock, hear, webhooks }: Needs,
  { provider, bodyBase64, headers }: ReceiveWebhook,
): Promise<WebhookTaken | WebhookRefused> {
  if (provider !== 'stripe') return refused('There is no such provider.')
  const body = Buffer.from(bodyBase64, 'base64')
  const now = clock.now()
  const heard = hear({ body, signature: signatureIn(headers), now })
  if (!heard) return refused('It is not signed as it should be.')
  return { kind: 'WebhookTaken', id: await webhooks.keep(heard, now) }
}

const refused = (reason: string): WebhookRefused => ({ kind: 'WebhookRefused', reason })

function signatureIn(headers: unknown): string {
  const given = (headers as Record<string, unknown> | null)?.['stripe-signature']
  return typeof given === 'string' ? given : ''
}
