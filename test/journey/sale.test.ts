import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import type { Shop } from '../../deploy/solo/shop.ts'
import { add, becomes, Client, checkoutOf, eventually, quoteFor, statusOf } from './sale.ts'
import { shopIn, type Topology } from './shop.ts'

interface World {
  readonly shop: Shop
  readonly admin: Client
  /** Each with some pieces on the shelf. */
  readonly variants: readonly string[]
}

async function opened(shop: Shop): Promise<World> {
  const admin = new Client(shop.url)
  const entered = await admin.act(
    'login',
    { email: 'admin@shop.example', password: shop.adminPassword },
    'accessToken',
  )
  admin.token = entered.accessToken
  const { data } = await admin.ask(
    '{ products(first: 50) { nodes { variants { id available price { currency } } } } }',
  )
  const all = data.products.nodes.flatMap(({ variants }: { variants: Variant[] }) => variants)
  const variants = all
    .filter(({ available, price }: Variant) => available > 20 && price.currency === 'EUR')
    .map(({ id }: Variant) => id)
  return { shop, admin, variants }
}

interface Variant {
  id: string
  available: number
  price: { currency: string }
}

async function registered(client: Client): Promise<string> {
  const email = `${newId()}@example.com`
  const { accessToken, user } = await client.act(
    'register',
    { email, password: 'a long enough secret' },
    'accessToken user { id }',
  )
  client.token = accessToken
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
  const code = await voucherFor(world)
  await add(ada, variants[0] ?? '', 2)
  const userId = await registered(ada)
  const merged = await ada.act('mergeCart', {}, '... on CartSaved { cart { quantity } }')
  using staff = await admin.follow(orders)
  using own = await ada.follow(orders)
  const buying = await checkoutOf(ada, { card: 'pm_card_threeDSecure2Required', vouchers: [code] })
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
  const sum = buying.quote.explain.reduce(
    (all: number, step: Step) => all + step.amount.amountMinor,
    0,
  )
  assert.equal(sum, buying.quote.total.amountMinor)
  assert.deepEqual([order.status, bank.status < 400], ['AWAITING_PAYMENT', true])
  assert.equal(after.refunded.amountMinor, 100)
  const wanted = ['AWAITING_PAYMENT', 'CONFIRMED', 'SHIPPED', 'PARTIALLY_REFUNDED']
  await eventually(() => statuses(staff.seen, order.id).length === 4)
  assert.deepEqual(statuses(staff.seen, order.id), wanted)
  assert.deepEqual(statuses(own.seen, order.id), wanted)
  const states = progress.seen.map(({ checkoutProgress: { step, state } }) => `${step} ${state}`)
  assert.ok(states.includes('AUTHORIZE RESTING'), states.join())
  assert.equal(states.at(-1), 'CONFIRM DONE')
}

interface Step {
  amount: { amountMinor: number }
}

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

async function isDeclined({ shop, variants }: World): Promise<void> {
  const client = new Client(shop.url)
  await add(client, variants[1] ?? '')
  const buying = await checkoutOf(client, { card: 'pm_card_visa_chargeDeclinedInsufficientFunds' })

  const declined = await buying.pay()
  const again = await (await checkoutOf(client)).pay()

  assert.deepEqual(declined, { __typename: 'PaymentDeclined', code: 'insufficient_funds' })
  assert.equal(again.order.status, 'CONFIRMED')
}

async function seesPriceChange({ shop, admin, variants }: World): Promise<void> {
  const client = new Client(shop.url)
  const variantId = variants[2] ?? ''
  await add(client, variantId)
  const buying = await checkoutOf(client)
  const { data } = await admin.ask(
    `{ variants(ids: ["${variantId}"]) { version price { amountMinor currency } } }`,
  )
  const [{ version, price }] = data.variants
  await admin.act('updateVariant', {
    ...{ variantId, expectedVersion: version },
    price: { ...price, amountMinor: price.amountMinor + 100 },
  })

  const changed = await buying.pay()
  const after = await quoteFor(client)

  assert.equal(changed.__typename, 'PriceChanged')
  assert.ok(after.quote.total.amountMinor > buying.quote.total.amountMinor)
}

/** Somebody else has the last pieces while the shopper's bank is asking. */
async function sellsOutWhilePaying({ shop, variants }: World): Promise<void> {
  const [ada, ben] = [new Client(shop.url), new Client(shop.url)]
  const variantId = variants[3] ?? ''
  const { data } = await ada.ask(`{ variants(ids: ["${variantId}"]) { available } }`)
  await add(ada, variantId, data.variants[0].available)
  await add(ben, variantId, 1)
  const bens = await checkoutOf(ben)

  const { order } = await (await checkoutOf(ada, { card: 'pm_card_threeDSecure2Required' })).pay()
  const soldOut = await bens.pay()
  await ada.act('cancelOrder', { orderId: order.id })
  await becomes(ada, order.id, 'CANCELLED')
  const bought = await (await checkoutOf(ben)).pay()

  assert.deepEqual(soldOut, { __typename: 'OutOfStock', variants: [{ id: variantId }] })
  assert.equal((await statusOf(ada, order.id)).cancelReason, 'BY_SHOPPER')
  assert.equal(bought.order.status, 'CONFIRMED')
}

/** With everything to be looked at, staff release one order and reject another. */
async function isLookedAt({ shop, admin, variants }: World): Promise<void> {
  const { data } = await admin.ask('{ fraudThresholds { version threeDSecureAt rejectAt } }')
  const { version: expectedVersion, rejectAt } = data.fraudThresholds
  await admin.act('setFraudThresholds', {
    ...{ expectedVersion, threeDSecureAt: 0, reviewAt: 0, rejectAt },
  })
  const [good, bad] = [new Client(shop.url), new Client(shop.url)]
  for (const client of [good, bad]) await add(client, variants[4] ?? '')

  const held = await (await checkoutOf(good)).pay()
  const doubted = await (await checkoutOf(bad)).pay()
  await admin.act('releaseHeldOrder', { orderId: held.order.id })
  await admin.act('rejectHeldOrder', { orderId: doubted.order.id })
  await becomes(good, held.order.id, 'CONFIRMED')
  const rejected = await becomes(bad, doubted.order.id, 'CANCELLED')

  assert.deepEqual([held.order.status, doubted.order.status], ['ON_HOLD', 'ON_HOLD'])
  assert.equal(rejected.cancelReason, 'REJECTED')
}

for (const topology of ['solo', 'full'] satisfies Topology[]) {
  test(`a sale in ${topology}: from a guest’s cart to a refund, and what goes wrong on the way`, async (t) => {
    await using shop = await shopIn(topology, t, 40)
    if (!shop) return
    const world = await opened(shop)

    await buysWith3ds(world)
    await isDeclined(world)
    await seesPriceChange(world)
    await sellsOutWhilePaying(world)
    await isLookedAt(world)
  })
}
