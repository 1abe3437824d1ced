import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizing, capturing, finance, paymentIn, paymentsWith, type World } from './world.ts'

const hour = 3_600_000

/** Somebody with the provider's key, and not through this shop. */
async function stripe(world: World, path: string, form: Record<string, string>) {
  const answer = await fetch(`${world.double.url}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_dashboard' },
    body: new URLSearchParams(form),
  })
  return (await answer.json()) as { id: string }
}

async function findings(world: World) {
  await world.run('reconcile')
  const { data } = await world.ask({
    as: finance,
    query: /* GraphQL */ `
      {
        reconciliations(first: 1) {
          nodes {
            compared
            findings(first: 100) { nodes { kind isMended amount { amountMinor } } }
          }
        }
      }
    `,
  })
  return data.reconciliations.nodes[0]
}

test('where both sides agree nothing is found', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  await shop.ask(capturing())
  shop.wait(hour)

  const report = await findings(shop)

  assert.deepEqual(report, { compared: 1, findings: { nodes: [] } })
})

test('money that was captured and belongs to no order goes back, once', async () => {
  await using shop = await paymentsWith()
  const attempt = '019a3c1e-7f00-7000-8000-0000000000aa'
  await stripe(shop, 'payment_intents', {
    amount: '700',
    currency: 'eur',
    payment_method: 'pm_card_visa',
    confirm: 'true',
    'metadata[attempt]': attempt,
  })
  shop.wait(hour)

  const report = await findings(shop)
  const again = await findings(shop)

  assert.deepEqual(report.findings.nodes, [
    { kind: 'UNKNOWN_CAPTURE', isMended: true, amount: { amountMinor: 700 } },
  ])
  assert.deepEqual(again.findings.nodes, [])
  assert.deepEqual(shop.money(), { intents: ['succeeded'], captured: 700, refunded: 700 })
})

test('what somebody else made on the same account is left alone', async () => {
  await using shop = await paymentsWith()
  await stripe(shop, 'payment_intents', {
    amount: '700',
    currency: 'eur',
    payment_method: 'pm_card_visa',
    confirm: 'true',
  })
  shop.wait(hour)

  const report = await findings(shop)

  assert.deepEqual(report, { compared: 1, findings: { nodes: [] } })
  assert.equal(shop.money().refunded, 0)
})

test('a capture and a refund made in the dashboard are found and written down', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  const [intent] = shop.double.store.all('payment_intent')
  await stripe(shop, `payment_intents/${intent?.id}/capture`, {})
  shop.wait(hour)
  const captured = await findings(shop)
  await stripe(shop, 'refunds', { payment_intent: intent?.id ?? '', amount: '100' })

  const refunded = await findings(shop)

  const kinds = [captured, refunded].map(({ findings: { nodes } }) =>
    nodes.map(({ kind, isMended }: { kind: string; isMended: boolean }) => [kind, isMended]),
  )
  assert.deepEqual(kinds, [[['CAPTURE_WITHOUT_RECORD', true]], [['REFUND_WITHOUT_RECORD', true]]])
  const payment = await paymentIn(shop)
  assert.deepEqual([payment.state, payment.refunded.amountMinor], ['PARTIALLY_REFUNDED', 100])
})

test('an intent that nobody remembers, made twice as a reply was lost, is cancelled', async () => {
  await using shop = await paymentsWith()
  const planned = [{ on: 'POST /v1/payment_intents', trouble: 'stored-error' } as const]
  shop.double.follow({ planned })
  const { data } = await shop.ask(authorizing('pm_card_visa'))
  const before = shop.money().intents
  shop.wait(hour)

  const report = await findings(shop)

  assert.equal(data.authorizePayment.__typename, 'PaymentAuthorized')
  assert.deepEqual(before, ['requires_payment_method', 'requires_capture'])
  assert.deepEqual(report.findings.nodes, [
    { kind: 'UNKNOWN_ATTEMPT', isMended: true, amount: { amountMinor: 2599 } },
  ])
  assert.deepEqual(shop.money().intents, ['canceled', 'requires_capture'])
})
