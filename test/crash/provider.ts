import { randomBytes } from 'node:crypto'
import { type MailDouble, openMailDouble } from '@shop/doubles/mail'
import { openStripeDouble, type StripeDouble } from '@shop/doubles/stripe'
import type { Evidence, Intent, Mail, ProviderRefund } from '../checker/evidence.ts'

export interface Provider extends AsyncDisposable {
  readonly double: StripeDouble
  /** What payments and notifications read of their providers. */
  readonly env: Readonly<Record<string, string>>
  listed(): Pick<Evidence, 'intents' | 'refunds' | 'mails'>
  /** As they were read by whoever they went to. */
  mails(): MailDouble['mails']
}

/**
 * The doubles of Stripe and of the mail beside the campaign, which nobody kills; Stripe's webhooks
 * go to the gateway.
 */
export async function openProvider(gatewayPort: string): Promise<Provider> {
  await using opening = new AsyncDisposableStack()
  const secret = `whsec_${randomBytes(24).toString('hex')}`
  const url = `http://127.0.0.1:${gatewayPort}/webhooks/stripe`
  const mail = opening.use(await openMailDouble())
  const double = opening.use(await openStripeDouble({ endpoints: [{ url, secret }] }))
  const opened = opening.move()
  return {
    double,
    env: {
      SMTP_URL: mail.smtpUrl,
      STRIPE_SECRET_KEY: 'sk_test_double',
      STRIPE_PUBLISHABLE_KEY: 'pk_test_double',
      STRIPE_API_URL: double.url,
      STRIPE_WEBHOOK_SECRET: secret,
    },
    mails: () => mail.mails,
    listed: () => ({ ...paymentsAt(double), mails: mailsAt(mail) }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** By the id that each is sent with, `<event.template@host>`: the double never forgets how often one came. */
const mailsAt = ({ counts }: MailDouble): Mail[] =>
  counts.flatMap(({ messageId, recipient, times }) => {
    const [, event = '', template = ''] = /^<(.+)\.([\w-]+)@/.exec(messageId) ?? []
    return Array.from({ length: times }, () => ({ to: recipient, template, event }))
  })

function paymentsAt({ store }: StripeDouble) {
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
