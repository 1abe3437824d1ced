import { randomBytes } from 'node:crypto'
import { openStripeDouble, type StripeDouble } from '@shop/doubles/stripe'
import type { Intent, ProviderRefund } from '../checker/evidence.ts'

export interface Provider extends AsyncDisposable {
  readonly double: StripeDouble
  /** What payments reads of its provider. */
  readonly env: Readonly<Record<string, string>>
  listed(): { readonly intents: readonly Intent[]; readonly refunds: readonly ProviderRefund[] }
}

/** Stripe's double beside the campaign, which nobody kills; its webhooks go to the gateway. */
export async function openProvider(gatewayPort: string): Promise<Provider> {
  const secret = `whsec_${randomBytes(24).toString('hex')}`
  const url = `http://127.0.0.1:${gatewayPort}/webhooks/stripe`
  const double = await openStripeDouble({ endpoints: [{ url, secret }] })
  return {
    double,
    env: {
      STRIPE_SECRET_KEY: 'sk_test_double',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_double',
      STRIPE_API_URL: double.url,
      STRIPE_WEBHOOK_SECRET: secret,
    },
    listed: () => listedBy(double),
    [Symbol.asyncDispose]: () => double[Symbol.asyncDispose](),
  }
}

export function listedBy({ store }: Pick<StripeDouble, 'store'>) {
  const intents = store.all('payment_intent').map(
    (intent): Intent => ({
      id: intent.id,
      orderId: intent.metadata.order ?? null,
      status: intent.status,
      currency: intent.currency,
      receivedMinor: intent.amount_received,
    }),
  )
  const refunds = store.all('refund').map(
    (refund): ProviderRefund => ({
      id: refund.id,
      intentId: String(refund.payment_intent),
      amountMinor: refund.amount,
      status: refund.status ?? '',
    }),
  )
  return { intents, refunds }
}
