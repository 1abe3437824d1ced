import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signatureOf } from '@shop/doubles/stripe'
import {
  authorizing,
  capturing,
  finance,
  inDashboard,
  noon,
  paymentIn,
  paymentsWith,
  receiving,
  type World,
  webhookSecret,
} from './world.ts'

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
const later = (ms: number) => new Date(noon.getTime() + ms)

async function deliveries(world: World) {
  const { data } = await world.ask({
    as: finance,
    query: '{ webhookDeliveries(first: 100) { nodes { id type state received attempts } } }',
  })
  return data.webhookDeliveries.nodes as {
    id: string
    type: string
    state: string
    received: number
  }[]
}

/** A card that asked for 3-D Secure, and what the bank then said. */
async function answered(world: World, isPassed = true) {
  await world.ask(authorizing('pm_card_threeDSecure2Required'))
  const [intent] = world.double.store.all('payment_intent')
  await world.double.answerBank(intent?.id ?? '', isPassed)
  return world.double.store.all('event')
}

test('the bank has said yes: the webhook is kept, and then the payment is authorised', async () => {
  await using shop = await paymentsWith()
  const events = await answered(shop)
  const event = events.find(({ type }) => type === 'payment_intent.amount_capturable_updated')

  const { data } = await shop.ask(receiving({ event: event ?? {} }))
  const kept = await deliveries(shop)
  await shop.run('heed-webhooks')

  assert.deepEqual(data.receiveWebhook, { __typename: 'WebhookTaken' })
  assert.deepEqual(
    kept.map(({ state }) => state),
    ['RECEIVED'],
  )
  assert.deepEqual(
    (await deliveries(shop)).map(({ state }) => state),
    ['PROCESSED'],
  )
  assert.equal((await paymentIn(shop)).state, 'AUTHORIZED')
})

test('the bank has said no: the payment has failed, and its intent is cancelled', async () => {
  await using shop = await paymentsWith()
  const events = await answered(shop, false)

  for (const event of events) await shop.ask(receiving({ event }))
  await shop.run('heed-webhooks')
  await shop.run('heed-webhooks')

  const payment = await paymentIn(shop)
  assert.deepEqual(
    [payment.state, payment.failureCode],
    ['FAILED', 'payment_intent_authentication_failure'],
  )
  assert.deepEqual(shop.money(), { intents: ['canceled'], captured: 0, refunded: 0 })
})

test('the same event twenty times at once is one delivery, heeded once', async () => {
  await using shop = await paymentsWith()
  const [event] = await answered(shop)

  await Promise.all(Array.from({ length: 20 }, () => shop.ask(receiving({ event: event ?? {} }))))
  await Promise.all([shop.run('heed-webhooks'), shop.run('heed-webhooks')])

  const kept = await deliveries(shop)
  assert.deepEqual(
    kept.map(({ received, state }) => ({ received, state })),
    [{ received: 20, state: 'PROCESSED' }],
  )
})

test('what is of an intent that another shop made is ignored, whatever is written on it', async () => {
  await using shop = await paymentsWith()
  const theirs = { amount: '700', currency: 'eur', 'metadata[attempt]': 'theirs' }
  await inDashboard(shop, 'payment_intents', theirs)
  const [event = {}] = shop.double.store.all('event')

  await shop.ask(receiving({ event }))
  await shop.run('heed-webhooks')

  assert.deepEqual(
    (await deliveries(shop)).map(({ state }) => state),
    ['IGNORED'],
  )
})

test('what is of nobody here is ignored', async () => {
  await using shop = await paymentsWith()
  const event = {
    id: 'evt_1',
    object: 'event',
    type: 'invoice.paid',
    livemode: false,
    data: { object: { object: 'invoice', id: 'in_1' } },
  }

  await shop.ask(receiving({ event }))
  await shop.run('heed-webhooks')

  assert.deepEqual(
    (await deliveries(shop)).map(({ state }) => state),
    ['IGNORED'],
  )
})

const forged: Record<string, (event: object) => Parameters<typeof receiving>[0]> = {
  'without a signature': (event) => ({ event, signature: '' }),
  'with a wrong signature': (event) => ({
    event,
    signature: `t=${seconds(noon)},v1=${'0'.repeat(64)}`,
  }),
  'signed more than 300 s ago': (event) => ({ event, signedAt: later(-301_000) }),
  'signed in the future': (event) => ({ event, signedAt: later(301_000) }),
  "signed with another endpoint's secret": (event) => ({ event, secret: 'whsec_other' }),
  'signed as it was before it was written anew': (event) => ({
    event,
    body: JSON.stringify(event, null, 2),
  }),
  'from the live account': (event) => ({ event: { ...event, livemode: true } }),
  'without a time': (event) => ({
    event,
    signature: signatureOf(JSON.stringify(event), webhookSecret, seconds(noon)).replace(
      /^t=\d+,/,
      '',
    ),
  }),
}

for (const [how, sent] of Object.entries(forged)) {
  test(`a webhook ${how} is refused, and nothing of it is kept`, async () => {
    await using shop = await paymentsWith()
    const [event = {}] = await answered(shop)

    const { data } = await shop.ask(receiving(sent(event)))

    assert.equal(data.receiveWebhook.__typename, 'WebhookRefused')
    assert.deepEqual(await deliveries(shop), [])
  })
}

test('of two signatures, as while a secret is rotated, one that is good will do', async () => {
  await using shop = await paymentsWith()
  const [event = {}] = await answered(shop)
  const good = signatureOf(JSON.stringify(event), webhookSecret, seconds(noon))

  const { data } = await shop.ask(
    receiving({ event, signature: good.replace(',v1=', `,v1=${'0'.repeat(64)},v1=`) }),
  )

  assert.equal(data.receiveWebhook.__typename, 'WebhookTaken')
})

test('the secret before is good until its time, and not after', async () => {
  await using shop = await paymentsWith({
    previous: { secret: 'whsec_before', until: later(60_000) },
  })
  const [event = {}, next = {}] = await answered(shop)

  const within = await shop.ask(receiving({ event, secret: 'whsec_before' }))
  shop.wait(61_000)
  const after = await shop.ask(
    receiving({ event: next, secret: 'whsec_before', signedAt: later(61_000) }),
  )

  assert.equal(within.data.receiveWebhook.__typename, 'WebhookTaken')
  assert.equal(after.data.receiveWebhook.__typename, 'WebhookRefused')
})

test('a webhook that could not be heeded, as Stripe was away, is heeded later', async () => {
  await using shop = await paymentsWith()
  const events = await answered(shop)
  const event = events.at(-1) ?? {}
  await shop.ask(receiving({ event }))
  const planned = [{ on: 'GET /v1/payment_intents/*', trouble: 'error', times: 3 } as const]
  shop.double.follow({ planned })

  await shop.run('heed-webhooks')
  const failed = await deliveries(shop)
  shop.wait(31_000)
  await shop.run('heed-webhooks')

  assert.deepEqual(
    failed.map(({ state }) => state),
    ['FAILED'],
  )
  assert.deepEqual(
    (await deliveries(shop)).map(({ state }) => state),
    ['PROCESSED'],
  )
})

test('staff have a delivery looked into again, by its row', async () => {
  await using shop = await paymentsWith()
  const events = await answered(shop)
  await shop.ask(receiving({ event: events.at(-1) ?? {} }))
  await shop.run('heed-webhooks')
  const [{ id } = { id: '' }] = await deliveries(shop)

  const { data } = await shop.ask({
    as: finance,
    query: `mutation { replayWebhook(input: { idempotencyKey: "again", id: "${id}" }) {
      delivery { state }
    } }`,
  })

  assert.deepEqual(data.replayWebhook, { delivery: { state: 'RECEIVED' } })
})

test('a refund made in the dashboard is written down, once', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  await shop.ask(capturing())
  const [intent] = shop.double.store.all('payment_intent')
  await inDashboard(shop, 'refunds', { payment_intent: intent?.id ?? '', amount: '599' })

  for (const event of shop.double.store.all('event')) await shop.ask(receiving({ event }))
  await shop.run('heed-webhooks')
  await shop.run('heed-webhooks')

  const payment = await paymentIn(shop)
  assert.deepEqual(
    [payment.state, payment.refunded.amountMinor, payment.refundable.amountMinor],
    ['PARTIALLY_REFUNDED', 599, 2000],
  )
})
