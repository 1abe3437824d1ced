import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userNamed } from '@shop/kit/identity'
import { hear } from '@shop/kit/testing'
import { announced, readyToBuy, untilState } from './shopping.ts'
import { away } from './stand-in.ts'
import { ada, ben, guest, ordersWith, type World } from './world.ts'

const verified = (shop: World, userId: string) =>
  hear(shop.subgraph, { name: 'accounts.user-verified', data: { userId } })

const accountsSays = (shop: World, me: object | null) =>
  shop.standIn.answers('provenAddress', () => ({ me }))

const join = ({ subgraph }: World) =>
  subgraph.jobs.find(({ name }) => name === 'orders.join-guest-orders')?.run({})

async function seenBy({ ask }: World, id: string, userId: string) {
  const query = 'query ($id: ID!) { order(id: $id) { id customer { id } } }'
  const { data } = await ask({ as: userNamed(userId), query, variables: { id } })
  return data.order
}

const boughtAsGuest = async (shop: World) => {
  const { data } = await shop.ask(await readyToBuy(shop, guest, { email: 'Ada@Example.org' }))
  return data.checkout.order.id as string
}

test('a guest’s order joins whom its address is proven to belong to, once, and is told of', async () => {
  await using shop = await ordersWith()
  const id = await boughtAsGuest(shop)
  accountsSays(shop, { email: 'ada@example.org', emailVerified: true })

  await verified(shop, ada)
  await join(shop)
  await verified(shop, ada)
  await join(shop)

  assert.deepEqual(await seenBy(shop, id, ada), { id, customer: { id: ada } })
  assert.equal(await seenBy(shop, id, ben), null)
  const told = (await announced(shop)).filter((name) => name === 'orders.order-joined')
  assert.deepEqual(told, ['orders.order-joined'])
})

test('an address that is claimed, or another’s, takes no order; nor does one of nobody', async () => {
  await using shop = await ordersWith()
  const id = await boughtAsGuest(shop)

  for (const me of [
    { email: 'ada@example.org', emailVerified: false },
    { email: 'ben@example.org', emailVerified: true },
    null,
  ]) {
    accountsSays(shop, me)
    await verified(shop, ben)
    await join(shop)
  }

  assert.equal(await seenBy(shop, id, ben), null)
  assert.deepEqual(await shop.database.run('select user_id from joining_users'), [])
})

test('while accounts is away, and while the order is still being made, the joining waits', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('authorizePayment', () => ({
    authorizePayment: { __typename: 'PaymentActionRequired' },
  }))
  const id = await boughtAsGuest(shop)
  await verified(shop, ada)
  shop.standIn.answers('provenAddress', away)
  await assert.rejects(join(shop) ?? Promise.resolve())
  accountsSays(shop, { email: 'ada@example.org', emailVerified: true })
  await join(shop)
  const meanwhile = await seenBy(shop, id, ada)
  shop.standIn.answers('orderPayment', () => ({ orderPayment: { state: 'AUTHORIZED' } }))
  await hear(shop.subgraph, { name: 'payments.payment-authorized', data: { orderId: id } })
  await untilState(shop, 'DONE')

  await join(shop)

  assert.equal(meanwhile, null)
  assert.deepEqual(await seenBy(shop, id, ada), { id, customer: { id: ada } })
})
