import { remainingMs } from '@shop/kit/deadline'
import { Unavailable } from '@shop/kit/errors'
import Stripe from 'stripe'

export interface StripeSettings {
  readonly secretKey: string
  /** Stripe's own address, or of whatever speaks its HTTP. */
  readonly url: string
}

const timeoutMs = 8_000

export function stripeAt({ secretKey, url }: StripeSettings): Stripe {
  const { protocol, hostname, port } = new URL(url)
  const isSecure = protocol === 'https:'
  return new Stripe(secretKey || 'sk_unset', {
    protocol: isSecure ? 'https' : 'http',
    host: hostname,
    port: port || (isSecure ? '443' : '80'),
    maxNetworkRetries: 2,
    timeout: timeoutMs,
    telemetry: false,
  })
}

/** Nobody who asked waits any longer; less than a moment is not begun. */
export function waiting(): { timeout: number } {
  const left = remainingMs() ?? timeoutMs
  if (left < 50) throw new Unavailable('There is no time left to ask the provider.')
  return { timeout: Math.min(timeoutMs, Math.round(left)) }
}
