import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import { signatureOf } from '@shop/doubles/stripe'
import { nearLink } from '@shop/gateway/shop/links'
import { openGateway } from '@shop/gateway/shop/open'
import { localCache } from '@shop/kit/cache'
import { localLink } from '@shop/kit/link'
import { telemetryFrom } from '@shop/kit/telemetry'
import {
  authorizing,
  finance,
  noon,
  paymentIn,
  paymentsWith,
  type World,
  webhookSecret,
} from '../../subgraphs/payments/test/world.ts'

/** Payments behind the gateway, and a payment that the bank has said yes to. */
async function shopAnswered() {
  await using opening = new AsyncDisposableStack()
  const world = opening.use(await paymentsWith())
  const { standing, subgraph } = world
  const gateway = opening.use(
    await openGateway({
      host: '127.0.0.1',
      port: 0,
      isDevelopment: true,
      ...standing,
      telemetry: opening.use(await telemetryFrom({}, 'gateway')),
      lists: tmpdir(),
      cache: localCache(standing.clock),
      link: (name) => nearLink(name, localLink({ ...subgraph, log: standing.log })),
      isReady: () => true,
    }),
  )
  await world.ask(authorizing('pm_card_threeDSecure2Required'))
  const [intent] = world.double.store.all('payment_intent')
  await world.double.answerBank(intent?.id ?? '', true)
  const events = world.double.store.all('event')
  const event = events.find(({ type }) => type === 'payment_intent.amount_capturable_updated')
  const opened = opening.move()
  return {
    world,
    url: new URL('/webhooks/stripe', gateway.url).href,
    // Written over more than one line, as Stripe does: it is signed to the byte.
    body: JSON.stringify(event, null, 2),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const signed = (body: string) => ({
  'stripe-signature': signatureOf(body, webhookSecret, noon.getTime() / 1000),
})

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers })

async function kept({ ask }: World): Promise<unknown> {
  const query = '{ webhookDeliveries(first: 100) { nodes { type state received } } }'
  const { data } = await ask({ as: finance, query })
  return data.webhookDeliveries.nodes
}

test('what is signed is answered 200 once it is kept, again too, and then the payment is authorised', async () => {
  await using shop = await shopAnswered()
  const { world, url, body } = shop

  const first = await post(url, body, signed(body))
  const again = await post(url, body, signed(body))
  const deliveries = await kept(world)
  await world.run('heed-webhooks')

  assert.deepEqual([first.status, again.status], [200, 200])
  assert.deepEqual(await first.json(), { status: 'taken' })
  assert.deepEqual(deliveries, [
    { type: 'payment_intent.amount_capturable_updated', state: 'RECEIVED', received: 2 },
  ])
  assert.equal((await paymentIn(world)).state, 'AUTHORIZED')
})

test('what is not signed as it should be, or is of nobody known, is answered 400 and not kept', async () => {
  await using shop = await shopAnswered()
  const { world, url, body } = shop

  const answers = [
    await post(url, body),
    await post(url, body.replace('false', 'true'), signed(body)),
    await post(url.replace('stripe', 'stripes'), body, signed(body)),
    await post(url, '', signed('')),
  ]

  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 400, 400, 400],
  )
  assert.deepEqual(await kept(world), [])
})

test('a webhook is posted: anything else is answered 405, and how', async () => {
  await using shop = await shopAnswered()

  const answer = await fetch(shop.url)

  assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST'])
})

test('of a megabyte the last byte is taken, and one more is answered 413 and not kept', async () => {
  await using shop = await shopAnswered()
  const { world, url, body } = shop
  const most = body.padEnd(2 ** 20)
  const more = `${most} `
  // Without a length.
  const stream = new Blob([more]).stream()
  const unannounced = {
    method: 'POST',
    body: stream,
    headers: signed(more),
    duplex: 'half' as const,
  }

  const taken = await post(url, most, signed(most))
  const announced = await post(url, more, signed(more))
  const streamed = await fetch(url, unannounced)

  assert.deepEqual([taken.status, announced.status, streamed.status], [200, 413, 413])
  assert.deepEqual(await kept(world), [
    { type: 'payment_intent.amount_capturable_updated', state: 'RECEIVED', received: 1 },
  ])
})

test('while payments cannot keep it, it is answered 503, and sent again it is kept', async () => {
  await using shop = await shopAnswered()
  const { world, url, body } = shop
  await world.database.run('alter table webhook_deliveries rename to away')

  const refused = await post(url, body, signed(body))
  await world.database.run('alter table away rename to webhook_deliveries')
  const taken = await post(url, body, signed(body))

  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5'])
  assert.equal(taken.status, 200)
})
