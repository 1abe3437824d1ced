import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export type Config = ReturnType<typeof configFrom>

export const configFrom = configReader(
  z
    .object({
      ORDERS_DATABASE_URL: z.url(),
      SHOP_CURRENCY: z.string().length(3).default('EUR'),
      ORDERS_QUOTE_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
      ORDERS_LEASE_SECONDS: z.coerce.number().int().min(1).max(60).default(20),
      /** Each keeps some tables busy for a moment and a provider for a second. */
      ORDERS_CHECKOUTS_AT_ONCE: z.coerce.number().int().min(1).max(1000).default(32),
      /** An authorization lasts seven days; a day before its end there is nothing to wait for. */
      FRAUD_REVIEW_HOURS: z.coerce.number().int().min(1).max(144).default(48),
      FRAUD_BLIND_LIMIT: z.coerce.number().int().min(0).default(20_000),
      REQUIRE_VERIFIED_EMAIL: z.stringbool().default(false),
      STOREFRONT_URL: z.url().default('http://127.0.0.1:4000'),
    })
    .transform((env) => ({
      databaseUrl: env.ORDERS_DATABASE_URL,
      currency: env.SHOP_CURRENCY,
      quoteMs: env.ORDERS_QUOTE_MINUTES * 60_000,
      checkoutsAtOnce: env.ORDERS_CHECKOUTS_AT_ONCE,
      leaseMs: env.ORDERS_LEASE_SECONDS * 1000,
      reviewMs: env.FRAUD_REVIEW_HOURS * 3_600_000,
      blindLimitMinor: env.FRAUD_BLIND_LIMIT,
      needsVerifiedEmail: env.REQUIRE_VERIFIED_EMAIL,
      storefrontUrl: env.STOREFRONT_URL.replace(/\/$/, ''),
    })),
)
