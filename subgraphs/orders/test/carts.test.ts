import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guestNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { adding, cartFields, cartOf, checkingOut, quoteFor } from './shopping.ts'
import { ada, ben, guest, mug, ordersWith, staffWith, tea } from './world.ts'

const changing = (as: typeof guest | string, field: string, input: object) => ({
  as,
  variables: { input: { idempotencyKey: newId(), ...input } },
  query: `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) {
    ${field}(input: $input) {
      __typename
      ... on CartSaved { cart { ${cartFields} } }
      ... on CartInCheckout { order { id } }
    }
  }`,
})

test('a cart is null until its first item, and asking for it writes nothing', async () => {
  await using shop = await ordersWith()

  const before = await shop.ask(cartOf(guest))
  const rows = await shop.database.run('select count(*) as n from carts')
  await shop.ask(adding(guest))
  const { data } = await shop.ask(cartOf(guest))

  assert.equal(before.data.cart, null)
  assert.deepEqual(rows, [{ n: 0 }])
  assert.deepEqual(
    { ...data.cart, id: '', items: data.cart.items.map((item: object) => ({ ...item, id: '' })) },
    {
      id: '',
      version: 1,
      quantity: 1,
      items: [{ id: '', quantity: 1, variant: { id: mug } }],
      checkout: null,
    },
  )
})

test('a variant is in a cart once, with the sum of what was added', async () => {
  await using shop = await ordersWith()
  await shop.ask(adding(guest, { quantity: 2 }))
  await shop.ask(adding(guest, { variantId: tea }))

  const { data } = await shop.ask(adding(guest, { quantity: 3 }))

  const { items, quantity, version } = data.addCartItem.cart
  assert.deepEqual(
    items.map(({ variant, quantity: pieces }: { variant: { id: string }; quantity: number }) => [
      variant.id,
      pieces,
    ]),
    [
      [mug, 5],
      [tea, 1],
    ],
  )
  assert.deepEqual({ quantity, version }, { quantity: 6, version: 3 })
})

test('items are changed, taken out and cleared, and none but one’s own', async () => {
  await using shop = await ordersWith()
  const { data } = await shop.ask(adding(ada))
  await shop.ask(adding(ada, { variantId: tea }))
  const itemId = data.addCartItem.cart.items[0].id

  const changed = await shop.ask(changing(ada, 'updateCartItem', { itemId, quantity: 7 }))
  const others = await shop.ask(changing(ben, 'updateCartItem', { itemId, quantity: 7 }))
  const removed = await shop.ask(changing(ada, 'removeCartItem', { itemId }))
  const cleared = await shop.ask(changing(ada, 'clearCart', {}))

  assert.equal(changed.data.updateCartItem.cart.quantity, 8)
  assert.deepEqual(others.codes, ['NOT_FOUND'])
  assert.equal(removed.data.removeCartItem.cart.quantity, 1)
  assert.deepEqual(cleared.data.clearCart.cart.items, [])
})

for (const quantity of [0, -1, 1001]) {
  test(`nobody has ${quantity} of a thing in a cart`, async () => {
    await using shop = await ordersWith()

    const { codes } = await shop.ask(adding(guest, { quantity }))
    const { data } = await shop.ask(cartOf(guest))

    assert.deepEqual(codes, ['BAD_QUANTITY'])
    assert.equal(data.cart, null)
  })
}

test('two first items at once are one cart', async () => {
  await using shop = await ordersWith({ at: 'insert into "carts"', of: 2 })

  const answers = await Promise.all([
    shop.ask(adding(ada)),
    shop.ask(adding(ada, { variantId: tea })),
  ])

  assert.deepEqual(
    answers.flatMap(({ codes }) => codes),
    [],
  )
  const { data } = await shop.ask(cartOf(ada))
  assert.equal(data.cart.quantity, 2)
})

test('a guest’s cart is taken over once, and that session is over', async () => {
  await using shop = await ordersWith()
  await shop.ask(adding(guest, { quantity: 2 }))
  await shop.ask(adding(guest, { variantId: tea }))
  await shop.ask(adding(ada, { quantity: 1 }))
  const adaAfter = { kind: 'user' as const, id: ada, scopes: [], guestId: guest.guestId ?? '' }

  const first = await shop.ask(changing(adaAfter, 'mergeCart', {}))
  const again = await shop.ask(changing(adaAfter, 'mergeCart', {}))
  const stale = await shop.ask(adding(guest))

  assert.equal(first.data.mergeCart.cart.quantity, 4)
  assert.equal(again.data.mergeCart.cart.quantity, 4)
  assert.deepEqual(stale.codes, ['SESSION_ENDED'])
  assert.equal((await shop.ask(cartOf(guest))).data.cart, null)
})

test('two log-ins that take the same cart over get it once between them', async () => {
  await using shop = await ordersWith({ at: 'insert into "ended_sessions"', of: 1 })
  await shop.ask(adding(guest, { quantity: 2 }))
  const as = (id: string) => ({
    kind: 'user' as const,
    id,
    scopes: [],
    guestId: guest.guestId ?? '',
  })

  await Promise.all([ada, ben].map((id) => shop.ask(changing(as(id), 'mergeCart', {}))))

  const carts = await Promise.all([ada, ben].map((id) => shop.ask(cartOf(id))))
  const pieces = carts.map(({ data }) => data.cart?.quantity ?? 0)
  assert.deepEqual(pieces.toSorted(), [0, 2])
})

test('a cart that an order is made of cannot be changed, and says which order', async () => {
  await using shop = await ordersWith()
  await shop.ask(adding(ada))
  shop.standIn.answers('authorizePayment', () => ({
    authorizePayment: { __typename: 'PaymentActionRequired' },
  }))
  const { data } = await shop.ask(checkingOut(ada, await quoteFor(shop, ada)))
  const { id } = data.checkout.order

  const added = await shop.ask(adding(ada))
  const cart = await shop.ask(cartOf(ada))

  assert.deepEqual(added.data.addCartItem, {
    __typename: 'CartInCheckout',
    order: { id, status: 'AWAITING_PAYMENT' },
  })
  assert.deepEqual(cart.data.cart.checkout, { id })
})

test('a cart is nobody else’s to see, as an entity neither', async () => {
  await using shop = await ordersWith()
  const { data } = await shop.ask(adding(ada))
  const query = `query ($id: ID!) {
    _entities(representations: [{ __typename: "Cart", id: $id }]) { ... on Cart { quantity } }
  }`
  const variables = { id: data.addCartItem.cart.id }

  const strangers = [ben, guest, guestNamed(newId()), staffWith('orders:read'), null]
  const answers = await Promise.all(strangers.map((as) => shop.ask({ as, query, variables })))

  assert.deepEqual(
    answers.map((answer) => [answer.data._entities, answer.codes]),
    strangers.map(() => [[null], ['NOT_FOUND']]),
  )
})
