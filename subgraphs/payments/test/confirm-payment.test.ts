import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AskedAs } from '@shop/kit/testing'
import {
  ada,
  authorizing,
  ben,
  orderId,
  orders,
  paymentIn,
  paymentsWith,
  voiding,
  type World,
} from './world.ts'

const confirming = (key = 'confirm', as = ada): AskedAs => ({
  as,
  variables: { input: { idempotencyKey: key, orderId } },
  query: /* GraphQL */ `
    mutation ($input: ConfirmPaymentInput!) {
      confirmPayment(input: $input) {
        __typename
        ... on PaymentConfirmed { payment { state } }
        ... on PaymentAwaitsAction { payment { state } clientSecret redirectUrl }
        ... on PaymentNotConfirmed { payment { state } }
      }
    }
  `,
})

const creating = (paymentMethodId: string | null, key = 'again', as = ada): AskedAs => ({
  as,
  variables: { input: { idempotencyKey: key, orderId, paymentMethodId } },
  query: /* GraphQL */ `
    mutation ($input: CreatePaymentIntentInput!) {
      createPaymentIntent(input: $input) {
        __typename
        ... on PaymentIntentCreated { payment { state } clientSecret }
        ... on PaymentNotOpen { payment { state } }
      }
    }
  `,
})

const secured = (world: World) => world.ask(authorizing('pm_card_threeDSecure2Required'))

const intents = (world: World) => world.double.store.all('payment_intent')

test('a card that asks for 3-D Secure is authorised after the bank has said yes', async () => {
  await using shop = await paymentsWith()
  const asked = await secured(shop)
  const before = await shop.ask(confirming('before'))
  await shop.double.answerBank(intents(shop)[0]?.id ?? '', true)

  const { data } = await shop.ask(confirming('after'))

  const { clientSecret, redirectUrl } = asked.data.authorizePayment
  assert.equal(asked.data.authorizePayment.__typename, 'PaymentActionRequired')
  assert.equal(clientSecret, intents(shop)[0]?.client_secret)
  assert.deepEqual(before.data.confirmPayment, {
    __typename: 'PaymentAwaitsAction',
    payment: { state: 'REQUIRES_ACTION' },
    clientSecret,
    redirectUrl,
  })
  assert.deepEqual(data.confirmPayment, {
    __typename: 'PaymentConfirmed',
    payment: { state: 'AUTHORIZED' },
  })
})

test('after the bank has said no it is over', async () => {
  await using shop = await paymentsWith()
  await secured(shop)
  await shop.double.answerBank(intents(shop)[0]?.id ?? '', false)

  const { data } = await shop.ask(confirming())

  assert.deepEqual(data.confirmPayment, {
    __typename: 'PaymentNotConfirmed',
    payment: { state: 'FAILED' },
  })
  assert.deepEqual(shop.money(), { intents: ['canceled'], captured: 0, refunded: 0 })
})

test("nobody confirms another's payment, or has its secret", async () => {
  await using shop = await paymentsWith()
  await secured(shop)

  const confirmed = await shop.ask(confirming('theirs', ben))
  const created = await shop.ask(creating(null, 'theirs', ben))

  assert.deepEqual([confirmed.codes, created.codes], [['NOT_FOUND'], ['NOT_FOUND']])
})

test('another try cancels the one before it is made, and is the one that counts', async () => {
  await using shop = await paymentsWith()
  await secured(shop)

  const { data } = await shop.ask(creating('pm_card_visa'))
  const again = await shop.ask(creating('pm_card_visa'))

  assert.equal(data.createPaymentIntent.__typename, 'PaymentIntentCreated')
  assert.deepEqual(shop.money().intents, ['canceled', 'requires_capture'])
  assert.deepEqual(again.data.createPaymentIntent.payment, { state: 'AUTHORIZED' })
  const { state, attempts, events } = await paymentIn(shop)
  assert.equal(state, 'AUTHORIZED')
  assert.deepEqual(
    attempts.map(({ state }: { state: string }) => state),
    ['VOIDED', 'AUTHORIZED'],
  )
  assert.deepEqual(
    events.nodes.map(({ to }: { to: string }) => to),
    ['PENDING', 'REQUIRES_ACTION', 'PENDING', 'AUTHORIZED'],
  )
})

test('another try frees what the bank had just allowed for the one before', async () => {
  await using shop = await paymentsWith()
  await secured(shop)
  await shop.double.answerBank(intents(shop)[0]?.id ?? '', true)
  const { data } = await shop.ask(creating('pm_card_visa'))

  assert.equal(data.createPaymentIntent.__typename, 'PaymentIntentCreated')
  assert.deepEqual(shop.money().intents, ['canceled', 'requires_capture'])
})

test('what waits for nobody gets no other try', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))

  const { data } = await shop.ask(creating('pm_card_visa'))

  assert.deepEqual(data.createPaymentIntent, {
    __typename: 'PaymentNotOpen',
    payment: { state: 'AUTHORIZED' },
  })
  assert.deepEqual(shop.money().intents, ['requires_capture'])
})

test('an undo takes back every try', async () => {
  await using shop = await paymentsWith()
  await secured(shop)
  await shop.ask(creating('pm_card_threeDSecure2Required'))

  await shop.ask(voiding())
  const { data } = await shop.ask({
    as: orders,
    query: `{ orderPayment(orderId: "${orderId}") { state clientSecret } }`,
  })

  assert.deepEqual(data.orderPayment, { state: 'VOIDED', clientSecret: null })
  assert.deepEqual(shop.money().intents, ['canceled', 'canceled'])
})
