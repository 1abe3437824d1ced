import { configReader } from '@shop/kit/config'
import { z } from 'zod'

export type Config = ReturnType<typeof configFrom>

export const configFrom = configReader(
  z
    .object({
      NOTIFICATIONS_DATABASE_URL: z.url(),
      NOTIFICATIONS_FROM: z.string().default('Shopgraph <shop@shop.example>'),
      NOTIFICATIONS_LOCALE: z.enum(['en', 'de']).default('en'),
      SMTP_URL: z.url({ protocol: /^smtps?$/ }).default('smtp://127.0.0.1:1025'),
      STOREFRONT_URL: z.url().default('http://127.0.0.1:4000'),
    })
    .transform((env) => ({
      databaseUrl: env.NOTIFICATIONS_DATABASE_URL,
      from: env.NOTIFICATIONS_FROM,
      locale: env.NOTIFICATIONS_LOCALE,
      smtpUrl: env.SMTP_URL,
      storefrontUrl: env.STOREFRONT_URL.replace(/\/$/, ''),
    })),
)
