import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export type Config = ReturnType<typeof configFrom>

const instant = z.iso.datetime({ offset: true })

export const configFrom = configReader(
  z
    .object({
      PAYMENTS_DATABASE_URL: z.url(),
      PAYMENTS_RETURN_URL: z.url().default('http://127.0.0.1:3000/checkout/return'),
      STRIPE_SECRET_KEY: z.string().default(''),
      STRIPE_PUBLISHABLE_KEY: z.string().default(''),
      STRIPE_API_URL: z.url().default('https://api.stripe.com'),
      STRIPE_WEBHOOK_SECRET: z.string().default(''),
      STRIPE_WEBHOOK_SECRET_PREVIOUS: z.string().optional(),
      STRIPE_WEBHOOK_SECRET_PREVIOUS_UNTIL: z.literal('').or(instant).optional(),
    })
    .transform((env) => ({
      databaseUrl: env.PAYMENTS_DATABASE_URL,
      stripe: {
        secretKey: env.STRIPE_SECRET_KEY,
        publishableKey: env.STRIPE_PUBLISHABLE_KEY,
        url: env.STRIPE_API_URL,
        // Where the bank sends the shopper back to.
        returnUrl: env.PAYMENTS_RETURN_URL,
        webhookSecrets: secretsOf(env),
      },
    })),
)

interface Secrets {
  STRIPE_WEBHOOK_SECRET: string
  STRIPE_WEBHOOK_SECRET_PREVIOUS?: string | undefined
  STRIPE_WEBHOOK_SECRET_PREVIOUS_UNTIL?: string | undefined
}

export interface WebhookSecret {
  readonly secret: string
  /** The one before the present one: taken until then, and without a time not at all. */
  readonly until: Date | null
}

function secretsOf(env: Secrets): WebhookSecret[] {
  const { STRIPE_WEBHOOK_SECRET_PREVIOUS: previous, STRIPE_WEBHOOK_SECRET_PREVIOUS_UNTIL: until } =
    env
  const now = { secret: env.STRIPE_WEBHOOK_SECRET, until: null }
  return previous && until ? [now, { secret: previous, until: new Date(until) }] : [now]
}
