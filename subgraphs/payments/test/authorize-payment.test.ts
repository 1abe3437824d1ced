import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorizing,
  ben,
  capturing,
  ordersFor,
  paymentIn,
  paymentsWith,
  voiding,
} from './world.ts'

test('a card that is good is authorised, then captured, and the ledger has it', async () => {
  await using shop = await paymentsWith()

  const authorized = await shop.ask(authorizing('pm_card_visa'))
  const before = shop.money()
  const captured = await shop.ask(capturing())

  const { paymentId } = authorized.data.authorizePayment
  assert.deepEqual(authorized.data.authorizePayment, { __typename: 'PaymentAuthorized', paymentId })
  assert.deepEqual(before, { intents: ['requires_capture'], captured: 0, refunded: 0 })
  assert.deepEqual(captured.data.capturePayment, { __typename: 'PaymentCaptured', paymentId })
  assert.deepEqual(shop.money(), { intents: ['succeeded'], captured: 2599, refunded: 0 })
  assert.deepEqual(await paymentIn(shop), {
    state: 'CAPTURED',
    amount: { amountMinor: 2599, currency: 'EUR' },
    captured: { amountMinor: 2599 },
    refunded: { amountMinor: 0 },
    refundable: { amountMinor: 2599 },
    failureCode: null,
    attempts: [{ state: 'CAPTURED', card: { brand: 'visa', last4: '4242' }, failureCode: null }],
    events: {
      nodes: [
        { from: null, to: 'PENDING' },
        { from: 'PENDING', to: 'AUTHORIZED' },
        { from: 'AUTHORIZED', to: 'CAPTURED' },
      ],
    },
  })
})

test('asked for again, both steps are done once', async () => {
  await using shop = await paymentsWith()
  const first = await shop.ask(authorizing('pm_card_visa'))

  const again = await shop.ask(authorizing('pm_card_visa'))
  await shop.ask(capturing())
  const captured = await shop.ask(capturing())
  const otherwise = await shop.ask(capturing('another key'))

  assert.deepEqual(again.data, first.data)
  assert.deepEqual(captured.data, otherwise.data)
  assert.deepEqual(shop.money(), { intents: ['succeeded'], captured: 2599, refunded: 0 })
})

test('a card that is declined is refused, and nothing is left that could be paid', async () => {
  await using shop = await paymentsWith()

  const { data } = await shop.ask(authorizing('pm_card_visa_chargeDeclinedInsufficientFunds'))

  const { paymentId } = data.authorizePayment
  assert.deepEqual(data.authorizePayment, {
    __typename: 'PaymentRefused',
    paymentId,
    code: 'insufficient_funds',
  })
  assert.deepEqual(shop.money(), { intents: ['canceled'], captured: 0, refunded: 0 })
})

for (const [token, code] of [
  ['pm_card_chargeDeclined', 'generic_decline'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
  ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc'],
  ['pm_card_threeDSecureNotSupported', null],
  ['pm_no_such_card', 'resource_missing'],
] as const) {
  test(`${token} is ${code ?? 'authorised'}`, async () => {
    await using shop = await paymentsWith()

    const { data } = await shop.ask(authorizing(token))

    assert.equal(data.authorizePayment.code ?? null, code)
    assert.deepEqual(shop.money().intents, [code ? 'canceled' : 'requires_capture'])
  })
}

test('what was undone before it was heard of does nothing', async () => {
  await using shop = await paymentsWith()

  const undone = await shop.ask(voiding())
  const late = await shop.ask(authorizing('pm_card_visa'))

  assert.deepEqual(undone.data.voidPayment, { paymentId: null, refunded: null })
  assert.deepEqual(late.codes, ['STEP_UNDONE'])
  assert.deepEqual(shop.money(), { intents: [], captured: 0, refunded: 0 })
})

test('undoing an authorisation frees the money, and it is captured no more', async () => {
  await using shop = await paymentsWith()
  const { data } = await shop.ask(authorizing('pm_card_visa'))

  const undone = await shop.ask(voiding())
  const captured = await shop.ask(capturing())
  const again = await shop.ask(authorizing('pm_card_visa'))

  const { paymentId } = data.authorizePayment
  assert.deepEqual(undone.data.voidPayment, { paymentId, refunded: null })
  assert.deepEqual(captured.data.capturePayment, {
    __typename: 'PaymentNotCaptured',
    paymentId,
    state: 'VOIDED',
  })
  assert.deepEqual(again.codes, ['STEP_UNDONE'])
  assert.deepEqual(shop.money(), { intents: ['canceled'], captured: 0, refunded: 0 })
})

test('undoing what was captured gives all of it back', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  await shop.ask(capturing())

  const { data } = await shop.ask(voiding())

  assert.deepEqual(data.voidPayment.refunded, { amountMinor: 2599, currency: 'EUR' })
  assert.deepEqual(shop.money(), { intents: ['succeeded'], captured: 2599, refunded: 2599 })
  assert.equal((await paymentIn(shop)).state, 'REFUNDED')
})

test('a payment is seen by its owner and by finance, and by nobody else', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))

  const asOther = await paymentIn(shop, { ...ordersFor(ben), kind: 'user', id: ben })

  assert.equal(asOther, undefined)
})

test('an amount that the provider cannot charge is refused before anything is made', async () => {
  await using shop = await paymentsWith()
  const amount = { amountMinor: 5124, currency: 'KWD' }

  const { codes } = await shop.ask(authorizing('pm_card_visa', { amount }))

  assert.deepEqual(codes, ['AMOUNT_NOT_CHARGEABLE'])
  assert.deepEqual(shop.money(), { intents: [], captured: 0, refunded: 0 })
})
