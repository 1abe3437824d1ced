import { type DoubleSettings, judged, openStripeDouble, signatureOf } from '@shop/doubles/stripe'
import { type Identity, serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { type AskedAs, ask, freshDatabase, type Meeting, standingAt } from '@shop/kit/testing'
import { migrations, open } from '../subgraph.ts'

export const noon = new Date('2026-03-01T12:00:00Z')
export const ada = '019a3c1e-7f00-7000-8000-0000000000ad'
export const ben = '019a3c1e-7f00-7000-8000-0000000000be'
export const orderId = '019a3c1e-7f00-7000-8000-000000000001'
export const itemId = '019a3c1e-7f00-7000-8000-00000000001e'
export const stepKey = `order:${orderId}:authorize`
export const webhookSecret = 'whsec_test'

export const finance: Identity = {
  kind: 'staff',
  id: '019a3c1e-7f00-7000-8000-00000000000f',
  scopes: ['payments:read', 'payments:refund', 'ledger:read'],
}

/** Orders, as it asks for a shopper. */
export const ordersFor = (owner: string): Identity => ({
  ...serviceNamed('orders'),
  actsFor: `user:${owner}`,
})

export const orders = ordersFor(ada)

interface Wanted {
  readonly meeting?: Meeting
  readonly double?: DoubleSettings
  readonly isVerified?: boolean
  /** Of another that speaks Stripe's HTTP, in the double's place. */
  readonly at?: string
  /** The webhook secret before the present one. */
  readonly previous?: { readonly secret: string; readonly until: Date }
}

/** Payments on a database of its own, before a Stripe of its own, the clock at noon. */
export async function paymentsWith({
  meeting,
  double: settings,
  isVerified = true,
  previous,
  at,
}: Wanted = {}) {
  let now = noon
  await using opening = new AsyncDisposableStack()
  const database = opening.use(await freshDatabase('payments', migrations))
  const double = opening.use(await openStripeDouble({ now: () => now.getTime(), ...settings }))
  double.post.isHeld = true
  const standing = standingAt(noon, meeting)
  const stripe = {
    ...(at ? { url: at, secretKey: 'sk_test_elsewhere' } : judged(double.url)),
    publishableKey: 'pk_test_shop',
    returnUrl: 'http://127.0.0.1:3000/return',
    webhookSecrets: [{ secret: webhookSecret, until: null }, ...(previous ? [previous] : [])],
  }
  const clock = { now: () => now }
  const given: Standing = {
    ...standing,
    clock,
    ask: () => async (operation) =>
      (operation === 'orderItems'
        ? { order: { items: [{ id: itemId, quantity: 2 }] } }
        : { me: { emailVerified: isVerified } }) as never,
  }
  const subgraph = opening.use(await open({ databaseUrl: database.url, stripe }, given))
  const opened = opening.move()
  return {
    subgraph,
    database,
    double,
    standing,
    statements: standing.statements,
    /** So much later, here and over there. */
    wait(ms: number) {
      now = new Date(now.getTime() + ms)
    },
    run: (job: string) => subgraph.jobs.find(({ name }) => name === `payments.${job}`)?.run({}),
    ask: (request: AskedAs) => ask(subgraph, request),
    /** Of the provider: how many intents, in which states, and what came and went. */
    money: () => moneyAt(double.store),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

export type World = Awaited<ReturnType<typeof paymentsWith>>

function moneyAt(store: Awaited<ReturnType<typeof openStripeDouble>>['store']) {
  const intents = store.all('payment_intent')
  return {
    intents: intents.map(({ status }) => status),
    captured: intents.reduce((sum, { amount_received }) => sum + amount_received, 0),
    refunded: store.all('refund').reduce((sum, { amount }) => sum + amount, 0),
  }
}

/** Somebody with the provider's key, and not through this shop. */
export function inDashboard({ double }: World, path: string, form: Record<string, string>) {
  return fetch(`${double.url}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_dashboard' },
    body: new URLSearchParams(form),
  })
}

interface Authorizing {
  readonly key?: string
  readonly as?: Identity
  readonly order?: string
  readonly amount?: object
  readonly more?: object
}

export const authorizing = (
  paymentMethodId: string,
  {
    key = stepKey,
    as = orders,
    order = orderId,
    amount = euros(2599),
    more = {},
  }: Authorizing = {},
): AskedAs => ({
  as,
  variables: {
    input: { idempotencyKey: key, orderId: order, amount, paymentMethodId, ...more },
  },
  query: /* GraphQL */ `
    mutation ($input: AuthorizePaymentInput!) {
      authorizePayment(input: $input) {
        __typename
        ... on PaymentAuthorized { paymentId }
        ... on PaymentActionRequired { paymentId clientSecret redirectUrl }
        ... on PaymentRefused { paymentId code }
      }
    }
  `,
})

export const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

export const capturing = (key = 'capture', order = orderId): AskedAs => ({
  as: orders,
  variables: { input: { idempotencyKey: key, orderId: order } },
  query: /* GraphQL */ `
    mutation ($input: PaymentStepInput!) {
      capturePayment(input: $input) {
        __typename
        ... on PaymentCaptured { paymentId }
        ... on PaymentNotCaptured { paymentId state }
      }
    }
  `,
})

export const voiding = (key = 'void', order = orderId): AskedAs => ({
  as: orders,
  variables: { input: { idempotencyKey: key, orderId: order, stepKey } },
  query: /* GraphQL */ `
    mutation ($input: VoidPaymentInput!) {
      voidPayment(input: $input) { paymentId refunded { amountMinor currency } }
    }
  `,
})

export const refunding = (amountMinor: number, key = 'refund', order = orderId): AskedAs => ({
  as: orders,
  variables: {
    input: { idempotencyKey: key, orderId: order, amount: euros(amountMinor), reason: 'broken' },
  },
  query: /* GraphQL */ `
    mutation ($input: RefundOrderInput!) {
      refundOrder(input: $input) {
        __typename
        ... on OrderRefunded { refundId amount { amountMinor } }
        ... on RefundTooLarge { refundable { amountMinor currency } }
      }
    }
  `,
})

/** The payment of the order, as somebody else than who wrote it sees it. */
export async function paymentIn(world: World, as: Identity = finance) {
  const { data } = await world.ask({
    as,
    variables: { id: orderId },
    query: /* GraphQL */ `
      query ($id: ID!) {
        _entities(representations: [{ __typename: "Order", id: $id }]) {
          ... on Order {
            payments {
              state
              amount { amountMinor currency }
              captured { amountMinor }
              refunded { amountMinor }
              refundable { amountMinor }
              failureCode
              attempts { state card { brand last4 } failureCode }
              events { nodes { from to } }
            }
          }
        }
      }
    `,
  })
  return data._entities[0].payments[0]
}

interface Sent {
  readonly event: object
  readonly secret?: string
  readonly signedAt?: Date
  readonly signature?: string
  readonly body?: string
}

/** The gateway, handing on what Stripe has sent. */
export function receiving({
  event,
  secret = webhookSecret,
  signedAt = noon,
  ...sent
}: Sent): AskedAs {
  const body = JSON.stringify(event)
  const seconds = Math.floor(signedAt.getTime() / 1000)
  const signature = sent.signature ?? signatureOf(body, secret, seconds)
  const bodyBase64 = Buffer.from(sent.body ?? body).toString('base64')
  const headers = signature === '' ? {} : { 'stripe-signature': signature }
  return {
    as: serviceNamed('gateway'),
    variables: { input: { provider: 'stripe', bodyBase64, headers } },
    query: /* GraphQL */ `
      mutation ($input: ReceiveWebhookInput!) {
        receiveWebhook(input: $input) { __typename ... on WebhookRefused { reason } }
      }
    `,
  }
}
