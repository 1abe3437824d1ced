import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atPoint } from '@shop/kit/points'
import {
  authorizing,
  ben,
  capturing,
  ordersFor,
  paymentIn,
  paymentsWith,
  refunding,
  stepKey,
  voiding,
} from './world.ts'

test('fifty of one key at once are one intent, and each is told of it or to ask again', async () => {
  await using shop = await paymentsWith()

  const answers = await Promise.all(
    Array.from({ length: 50 }, () => shop.ask(authorizing('pm_card_visa'))),
  )
  const after = await shop.ask(authorizing('pm_card_visa'))

  const told = answers.map(({ data, codes }) => data?.authorizePayment?.paymentId ?? codes[0])
  const { paymentId } = after.data.authorizePayment
  assert.deepEqual(new Set(told).difference(new Set([paymentId, 'IN_PROGRESS'])), new Set())
  assert.deepEqual(shop.money(), { intents: ['requires_capture'], captured: 0, refunded: 0 })
})

test('the key with another input is a conflict, and nothing of the first is told', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))

  const otherwise = await shop.ask(
    authorizing('pm_card_visa', { amount: { amountMinor: 1, currency: 'EUR' } }),
  )
  const another = await shop.ask(
    authorizing('pm_card_visa', { as: ordersFor(ben), key: `${stepKey}2` }),
  )

  assert.deepEqual(otherwise.codes, ['IDEMPOTENCY_CONFLICT'])
  assert.deepEqual(otherwise.data, null)
  assert.deepEqual(another.codes, ['BAD_USER_INPUT'])
  assert.equal(shop.money().intents.length, 1)
})

for (const trouble of ['lose', 'stored-error', 'error', 'limit', 'conflict'] as const) {
  for (const on of [
    'POST /v1/payment_intents',
    'POST /v1/payment_intents/*/confirm',
    'POST /v1/payment_intents/*/capture',
    'POST /v1/payment_intents/*/cancel',
    'POST /v1/refunds',
  ]) {
    test(`${on} meets ${trouble}: asked again, it is done once`, async () => {
      await using shop = await paymentsWith()
      shop.double.follow({ planned: [{ on, trouble, times: 4 }] })

      for (let round = 0; round < 5; round += 1) await shop.ask(authorizing('pm_card_visa'))
      for (let round = 0; round < 5; round += 1) await shop.ask(capturing())
      for (let round = 0; round < 5; round += 1) await shop.ask(refunding(1000))
      const { state } = await paymentIn(shop)
      for (let round = 0; round < 5; round += 1) await shop.ask(voiding())

      assert.equal(state, 'PARTIALLY_REFUNDED')
      const { captured, refunded } = shop.money()
      assert.deepEqual({ captured, refunded }, { captured: 2599, refunded: 2599 })
    })
  }
}

test('one who died in mid-call is taken over, and the provider is asked for the same deed', async () => {
  await using shop = await paymentsWith()
  using _ = atPoint('payments.authorize.sent', () => {
    throw new Error('killed')
  })
  const { codes } = await shop.ask(authorizing('pm_card_visa'))
  _[Symbol.dispose]()

  const { data } = await shop.ask(authorizing('pm_card_visa'))

  assert.deepEqual(codes, ['INTERNAL'])
  assert.equal(data.authorizePayment.__typename, 'PaymentAuthorized')
  assert.deepEqual(shop.money().intents, ['requires_capture'])
})

for (const point of [
  'payments.create.sent',
  'payments.authorize.before',
  'payments.authorize.sent',
]) {
  test(`an undo that comes at ${point} leaves no money held`, async () => {
    await using shop = await paymentsWith()
    let undos = 0
    using _ = atPoint(point, async () => {
      undos += 1
      // The undo itself may come by the same point.
      if (undos === 1) await shop.ask(voiding())
    })

    const { codes } = await shop.ask(authorizing('pm_card_visa'))

    assert.deepEqual(codes, ['STEP_UNDONE'])
    assert.deepEqual(new Set(shop.money().intents), new Set(['canceled']))
    assert.equal((await paymentIn(shop)).state, 'VOIDED')
  })
}

test('a payment that nobody came back for is settled by the job, run twice', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_threeDSecure2Required'))
  const [intent] = shop.double.store.all('payment_intent')
  await shop.double.answerBank(intent?.id ?? '', true)
  shop.wait(61_000)

  await shop.run('settle-unfinished')
  await shop.run('settle-unfinished')

  assert.equal((await paymentIn(shop)).state, 'AUTHORIZED')
})

test('after a day the provider has forgotten the key: what was made is looked up, and made no more', async () => {
  await using shop = await paymentsWith()
  shop.double.follow({ planned: [{ on: 'POST /v1/payment_intents', trouble: 'lose', times: 3 }] })
  await shop.ask(authorizing('pm_card_visa'))
  shop.wait(25 * 3_600_000)

  const { data } = await shop.ask(authorizing('pm_card_visa'))

  assert.equal(data.authorizePayment.__typename, 'PaymentAuthorized')
  assert.deepEqual(shop.money().intents, ['requires_capture'])
})
