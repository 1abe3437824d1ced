import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorizing,
  capturing,
  finance,
  inDashboard,
  paymentIn,
  paymentsWith,
  type World,
} from './world.ts'

const hour = 3_600_000

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
  await inDashboard(shop, 'payment_intents', {
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

test('what somebody else made on the same account is left alone, whatever is written on it', async () => {
  await using shop = await paymentsWith()
  const theirs = {
    amount: '700',
    currency: 'eur',
    payment_method: 'pm_card_visa',
    confirm: 'true',
  }
  await inDashboard(shop, 'payment_intents', theirs)
  await inDashboard(shop, 'payment_intents', { ...theirs, 'metadata[attempt]': 'the second' })
  shop.wait(hour)

  const report = await findings(shop)

  assert.deepEqual(report, { compared: 2, findings: { nodes: [] } })
  assert.equal(shop.money().refunded, 0)
})

test('a capture and a refund made in the dashboard are found and written down', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  const [intent] = shop.double.store.all('payment_intent')
  await inDashboard(shop, `payment_intents/${intent?.id}/capture`, {})
  shop.wait(hour)
  const captured = await findings(shop)
  await inDashboard(shop, 'refunds', { payment_intent: intent?.id ?? '', amount: '100' })

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
