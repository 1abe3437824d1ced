import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Identity, serviceNamed } from '@shop/kit/identity'
import type { AskedAs } from '@shop/kit/testing'
import { ada, authorizing, ben, ordersFor, paymentsWith, receiving, type World } from './world.ts'

const adding = (token: string, key = token, as = ada): AskedAs => ({
  as,
  variables: { input: { idempotencyKey: key, token } },
  query: /* GraphQL */ `
    mutation ($input: AddPaymentMethodInput!) {
      addPaymentMethod(input: $input) {
        __typename
        ... on PaymentMethodAdded { method { id brand last4 expMonth expYear isDefault } }
        ... on PaymentMethodNeedsAction { redirectUrl }
        ... on PaymentMethodRefused { code }
      }
    }
  `,
})

async function methodsOf(world: World, owner: string, as = owner) {
  const { data } = await world.ask({
    as,
    variables: { id: owner },
    query: /* GraphQL */ `
      query ($id: ID!) {
        _entities(representations: [{ __typename: "User", id: $id }]) {
          ... on User { paymentMethods { id last4 isDefault } }
        }
      }
    `,
  })
  return data._entities[0].paymentMethods as { id: string; last4: string; isDefault: boolean }[]
}

const changing = (field: string, id: string, as: string | Identity = ada): AskedAs => ({
  as,
  variables: { input: { idempotencyKey: `${field} ${id}`, id } },
  query: `mutation ($input: PaymentMethodInput!) { ${field}(input: $input) { __typename } }`,
})

test('a card that is kept is known by its last four digits, and the first is the default', async () => {
  await using shop = await paymentsWith()

  const first = await shop.ask(adding('pm_card_visa'))
  await shop.ask(adding('pm_card_mastercard'))

  const { id } = first.data.addPaymentMethod.method
  assert.deepEqual(first.data.addPaymentMethod, {
    __typename: 'PaymentMethodAdded',
    method: { id, brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034, isDefault: true },
  })
  const [visa, mastercard] = await methodsOf(shop, ada)
  assert.deepEqual([visa?.last4, visa?.isDefault], ['4242', true])
  assert.deepEqual([mastercard?.last4, mastercard?.isDefault], ['4444', false])
  assert.deepEqual(await methodsOf(shop, ada, ben), [])
  assert.equal(shop.double.store.all('customer').length, 1)
})

test('a bank that asks first is answered, and then the card is kept, by webhook or by asking again', async () => {
  await using shop = await paymentsWith()
  const asked = await shop.ask(adding('pm_card_authenticationRequiredOnSetup'))
  const [setup] = shop.double.store.all('setup_intent')
  await shop.double.answerBank(setup?.id ?? '', true)
  const event = shop.double.store.all('event').find(({ type }) => type === 'setup_intent.succeeded')

  await shop.ask(receiving({ event: event ?? {} }))
  await shop.run('heed-webhooks')
  const again = await shop.ask(adding('pm_card_authenticationRequiredOnSetup'))

  assert.equal(asked.data.addPaymentMethod.__typename, 'PaymentMethodNeedsAction')
  assert.equal(again.data.addPaymentMethod.method.last4, '3155')
})

test('a card that the bank refuses is not kept', async () => {
  await using shop = await paymentsWith()

  const { data } = await shop.ask(adding('pm_card_chargeDeclinedExpiredCard'))

  assert.deepEqual(data.addPaymentMethod, {
    __typename: 'PaymentMethodRefused',
    code: 'expired_card',
  })
  assert.deepEqual(await methodsOf(shop, ada), [])
})

test('who has not confirmed an address keeps no card', async () => {
  await using shop = await paymentsWith({ isVerified: false })

  const { codes } = await shop.ask(adding('pm_card_visa'))

  assert.deepEqual(codes, ['FORBIDDEN'])
  assert.deepEqual(shop.double.store.all('setup_intent'), [])
})

test('a kept card pays for its owner, and for nobody else', async () => {
  await using shop = await paymentsWith()
  const { data } = await shop.ask(adding('pm_card_visa'))
  const { id } = data.addPaymentMethod.method
  const more = { paymentMethodId: null, savedMethodId: id }

  const theirs = await shop.ask(authorizing('', { more, as: ordersFor(ben), key: 'ben' }))
  const own = await shop.ask(authorizing('', { more }))

  assert.deepEqual(theirs.codes, ['BAD_USER_INPUT'])
  assert.equal(own.data.authorizePayment.__typename, 'PaymentAuthorized')
})

test('another can be the default, and one that is removed pays no more', async () => {
  await using shop = await paymentsWith()
  await shop.ask(adding('pm_card_visa'))
  const { data } = await shop.ask(adding('pm_card_mastercard'))
  const { id } = data.addPaymentMethod.method
  const [visa] = await methodsOf(shop, ada)

  const foreign = await shop.ask(changing('setDefaultPaymentMethod', id, ben))
  await shop.ask(changing('setDefaultPaymentMethod', id))
  await shop.ask(changing('removePaymentMethod', visa?.id ?? ''))

  assert.deepEqual(foreign.codes, ['NOT_FOUND'])
  assert.deepEqual(await methodsOf(shop, ada), [{ id, last4: '4444', isDefault: true }])
  const gone = authorizing('', { more: { paymentMethodId: null, savedMethodId: visa?.id } })
  assert.deepEqual((await shop.ask(gone)).codes, ['BAD_USER_INPUT'])
  assert.deepEqual(
    shop.double.store.all('payment_method').map(({ customer }) => customer !== null),
    [false, true],
  )
})

test('a service that acts for nobody changes nobody’s cards', async () => {
  await using shop = await paymentsWith()
  await shop.ask(adding('pm_card_visa'))
  await shop.ask(adding('pm_card_mastercard'))
  const before = await methodsOf(shop, ada)
  const orders = serviceNamed('orders')

  for (const field of ['setDefaultPaymentMethod', 'removePaymentMethod']) {
    const { codes } = await shop.ask(changing(field, before[1]?.id ?? '', orders))
    assert.deepEqual(codes, ['UNAUTHENTICATED'], field)
  }

  assert.deepEqual(await methodsOf(shop, ada), before)
})
