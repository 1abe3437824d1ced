import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import type { Shop } from '../../deploy/solo/shop.ts'
import { mailedToken, mailsTo } from './mails.ts'
import { browses } from './real-catalogue.ts'
import { add, becomes, Client, checkoutOf, eventually } from './sale.ts'
import { shopIn, type Topology } from './shop.ts'
import {
  isDeclined,
  isLookedAt,
  seesPriceChange,
  sellsOutWhilePaying,
  walksAway,
} from './unhappy.ts'
import { opened, type World } from './world.ts'

/** Registers with an address, and shows by its mail that it is theirs. */
async function registered(shop: Shop, client: Client, email: string): Promise<string> {
  const { accessToken, user } = await client.act(
    'register',
    { email, password: 'a long enough secret' },
    'accessToken user { id }',
  )
  client.token = accessToken
  await client.act('verifyEmail', { token: await mailedToken(shop, email, 'verify-email') }, 'at')
  const { data } = await client.ask('{ me { emailVerified } }')
  assert.deepEqual(data.me, { emailVerified: true })
  return user.id
}

async function voucherFor({ admin }: World): Promise<string> {
  const promotion = await admin.act(
    'createPromotion',
    { name: 'Spring', kind: 'PERCENT', percentOffBps: 1000, needsVoucher: true },
    'promotion { id }',
  )
  const code = `SPRING-${newId().slice(-6)}`
  await admin.act('createVoucher', { promotionId: promotion.promotion.id, code, maxUses: 1 })
  return code.toUpperCase()
}

const statuses = (
  seen: readonly { orderStatusChanged: { id: string; status: string } }[],
  id: string,
) => seen.flatMap(({ orderStatusChanged: order }) => (order.id === id ? [order.status] : []))

const orders = 'subscription { orderStatusChanged { id status } }'

/** From a guest's cart to a partial refund, with the shopper's bank in between. */
async function buysWith3ds(world: World): Promise<void> {
  const { shop, admin, variants } = world
  const ada = new Client(shop.url)
  const email = `${newId()}@example.com`
  const code = await voucherFor(world)
  const earlier = await boughtAsGuest(world, email)
  await browses(ada, world.imported)
  await add(ada, variants[0] ?? '', 2)
  const userId = await registered(shop, ada, email)
  const merged = await ada.act('mergeCart', {}, '... on CartSaved { cart { quantity } }')
  using staff = await admin.follow(orders)
  using own = await ada.follow(orders)
  const buying = await checkoutOf(ada, {
    card: 'pm_card_threeDSecure2Required',
    vouchers: [code],
    email,
  })
  using progress = await ada.follow(
    `subscription { checkoutProgress(cartId: "${buying.cartId}") { step state order { id } } }`,
  )

  const { order, nextAction } = await buying.pay()
  const bank = await fetch(`${nextAction.redirectUrl}/complete`, {
    method: 'POST',
    redirect: 'manual',
  })
  await ada.act('confirmPayment', { orderId: order.id })
  await becomes(ada, order.id, 'CONFIRMED')
  const parcel = { orderId: order.id, carrier: 'Post', trackingNumber: 'RR123456789DE' }
  await admin.act('createFulfillment', parcel)
  await refunded(shop, { userId, orderId: order.id, amountMinor: 100 })
  const after = await becomes(ada, order.id, 'PARTIALLY_REFUNDED')

  assert.equal(merged.cart.quantity, 2)
  assert.ok(buying.quote.discount.amountMinor > 0)
  assert.equal(sumOf(buying.quote.explain), buying.quote.total.amountMinor)
  assert.deepEqual([order.status, bank.status < 400], ['AWAITING_PAYMENT', true])
  assert.equal(after.refunded.amountMinor, 100)
  const wanted = ['AWAITING_PAYMENT', 'CONFIRMED', 'SHIPPED', 'PARTIALLY_REFUNDED']
  await eventually(() => statuses(staff.seen, order.id).length === 4)
  assert.deepEqual(statuses(staff.seen, order.id), wanted)
  assert.deepEqual(statuses(own.seen, order.id), wanted)
  const states = progress.seen.map(({ checkoutProgress: { step, state } }) => `${step} ${state}`)
  assert.ok(states.includes('AUTHORIZE RESTING'), states.join())
  assert.equal(states.at(-1), 'CONFIRM DONE')
  // One of each, of both orders.
  assert.deepEqual(await mailsTo(shop, email, 5), [
    ...['order-paid', 'order-paid', 'order-refunded', 'order-shipped', 'verify-address'],
  ])
  await isHersNow(ada, earlier)
}

/** Before she had an account, under the same address. */
async function boughtAsGuest({ shop, variants }: World, email: string): Promise<string> {
  const guest = new Client(shop.url)
  await add(guest, variants[0] ?? '')
  const { order } = await (await checkoutOf(guest, { email })).pay()
  assert.equal(order.status, 'CONFIRMED')
  return order.id
}

/** Order and payment, since the address was proven. */
async function isHersNow(ada: Client, orderId: string): Promise<void> {
  const query = `{ order(id: "${orderId}") { id status payments { state } } }`
  const joined = await eventually(async () => {
    const { data } = await ada.ask(query)
    return data?.order?.payments.length > 0 && data.order
  })
  assert.deepEqual(joined, { id: orderId, status: 'CONFIRMED', payments: [{ state: 'CAPTURED' }] })
}

interface Step {
  amount: { amountMinor: number }
}

const sumOf = (steps: readonly Step[]) =>
  steps.reduce((sum, { amount }) => sum + amount.amountMinor, 0)

interface Refund {
  userId: string
  orderId: string
  amountMinor: number
}

/** As orders asks it of payments for its staff. */
async function refunded(shop: Shop, { userId, orderId, amountMinor }: Refund): Promise<void> {
  const input = {
    idempotencyKey: newId(),
    orderId,
    amount: { amountMinor, currency: 'EUR' },
    reason: 'scratch',
  }
  const { data } = await shop.reach('payments').ask({
    document: `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { __typename } }`,
    variables: { input },
    identity: { ...serviceNamed('orders'), actsFor: `user:${userId}` },
  })
  assert.equal(data?.refundOrder.__typename, 'OrderRefunded')
}

for (const topology of ['solo', 'full'] satisfies Topology[]) {
  test(`a sale in ${topology}: from a guest’s cart to a refund, and what goes wrong on the way`, async (t) => {
    await using shop = await shopIn(topology, t, { products: 40 })
    if (!shop) return
    const world = await opened(shop, t)

    await buysWith3ds(world)
    await isDeclined(world)
    await seesPriceChange(world)
    await sellsOutWhilePaying(world)
    await walksAway(world)
    await isLookedAt(world)
  })
}
