import path from 'node:path'
import { judged, openStripeDouble } from '@shop/doubles/stripe'
import type { Environment } from '@shop/kit/config'
import type { Keys } from '@shop/kit/keys'
import type { Options } from './options.ts'

export interface OpenedStripe extends AsyncDisposable {
  /** Of the double; none where Stripe itself is spoken to. */
  readonly places: readonly (readonly [what: string, where: string])[]
  /** What payments reads of Stripe. */
  readonly env: Environment
}

interface Wanted {
  readonly options: Options
  readonly keys: Keys
  readonly ports: Readonly<Record<string, number>>
}

const names = [
  'STRIPE_SECRET_KEY',
  'STRIPE_PUBLISHABLE_KEY',
  'STRIPE_API_URL',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_WEBHOOK_SECRET_PREVIOUS',
  'STRIPE_WEBHOOK_SECRET_PREVIOUS_UNTIL',
  'PAYMENTS_RETURN_URL',
]

/** Where the double finds what it is to know of payments before it was here; null where it is not the one. */
export const stripePastOf = ({ options }: Pick<Wanted, 'options'>): string | null =>
  isDoubled(options) ? path.join(options.state, 'stripe-past.jsonl') : null

const isDoubled = ({ isDevelopment, env }: Options) => isDevelopment && !env.STRIPE_SECRET_KEY

/** Stripe itself, or whatever is named in its place; a developer who names nothing has a double. */
export async function openStripe(wanted: Wanted): Promise<OpenedStripe> {
  const { options, keys, ports } = wanted
  const named = names.flatMap((name) => (options.env[name] ? [[name, options.env[name]]] : []))
  const env = Object.fromEntries(named)
  const past = stripePastOf(wanted)
  if (past === null) {
    return { places: [], env, [Symbol.asyncDispose]: async () => {} }
  }
  const secret = `whsec_${keys('stripe-double:1').toString('hex')}`
  const url = `http://127.0.0.1:${ports.gateway}/webhooks/stripe`
  const double = await openStripeDouble({
    port: ports.stripe ?? 0,
    file: path.join(options.state, 'stripe.jsonl'),
    past,
    endpoints: [{ url, secret }],
  })
  const reached = judged(double.url)
  return {
    places: [['Stripe, a double', double.url]],
    env: {
      ...env,
      STRIPE_SECRET_KEY: reached.secretKey,
      STRIPE_PUBLISHABLE_KEY: 'pk_test_double',
      STRIPE_API_URL: reached.url,
      STRIPE_WEBHOOK_SECRET: secret,
    },
    [Symbol.asyncDispose]: () => double[Symbol.asyncDispose](),
  }
}
