import assert from 'node:assert/strict'
import { newId } from '@shop/kit/ids'
import pg from 'pg'
import type { Shop } from '../../deploy/solo/shop.ts'
import { mailsTo } from './mails.ts'
import { add, becomes, Client, checkoutOf, eventually, quoteFor, statusOf } from './sale.ts'
import type { World } from './world.ts'

export async function isDeclined({ shop, variants }: World): Promise<void> {
  const client = new Client(shop.url)
  await add(client, variants[1] ?? '')
  const buying = await checkoutOf(client, { card: 'pm_card_visa_chargeDeclinedInsufficientFunds' })

  const declined = await buying.pay()
  const again = await (await checkoutOf(client)).pay()

  assert.deepEqual(declined, { __typename: 'PaymentDeclined', code: 'insufficient_funds' })
  assert.equal(again.order.status, 'CONFIRMED')
}

export async function seesPriceChange({ shop, admin, variants }: World): Promise<void> {
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
export async function sellsOutWhilePaying({ shop, variants }: World): Promise<void> {
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

/** Never comes back from the bank: when the time is over, nothing is kept of it. */
export async function walksAway({ shop, variants }: World): Promise<void> {
  const client = new Client(shop.url)
  const [email, variantId = ''] = [`${newId()}@example.com`, variants[5]]
  const available = `{ variants(ids: ["${variantId}"]) { available } }`
  const isLeft = async (count: number) =>
    (await client.ask(available)).data.variants[0].available === count
  const before = await client.ask(available)
  const left = before.data.variants[0].available
  await add(client, variantId, 2)

  const { order } = await (
    await checkoutOf(client, { card: 'pm_card_threeDSecure2Required', email })
  ).pay()
  await eventually(() => isLeft(left - 2))
  const half = await timeIsUp(shop, order.id)
  const late = await timeIsUp(shop, order.id)
  const ended = await becomes(client, order.id, 'CANCELLED')

  assert.deepEqual([order.status, half, late], ['AWAITING_PAYMENT', 'extended', 'ended'])
  assert.equal(ended.cancelReason, 'EXPIRED')
  await eventually(() => isLeft(left))
  const { data } = await client.ask(`{ order(id: "${order.id}") { payments { state } } }`)
  assert.deepEqual(data.order.payments, [{ state: 'VOIDED' }])
  assert.deepEqual(await mailsTo(shop, email, 1), ['order-cancelled'])
}

/** Twenty-eight minutes pass for this order, and whoever settles checkouts has looked at it. */
async function timeIsUp(shop: Shop, orderId: string): Promise<'extended' | 'ended'> {
  const client = new pg.Client({ connectionString: shop.addresses.ORDERS_DATABASE_URL })
  await client.connect()
  try {
    await client.query(
      `update checkouts set deadline_at = now() - interval '1 second', due_at = now()
        where order_id = $1`,
      [orderId],
    )
    return await eventually(async () => {
      const { rows } = await client.query(
        'select state, deadline_at > now() as "isExtended" from checkouts where order_id = $1',
        [orderId],
      )
      if (rows[0]?.state !== 'RESTING') return 'ended' as const
      return rows[0].isExtended && ('extended' as const)
    })
  } finally {
    await client.end()
  }
}

/** With everything to be looked at, staff release one order and reject another. */
export async function isLookedAt(world: World): Promise<void> {
  const { shop, admin } = world
  const { data } = await admin.ask('{ fraudThresholds { version threeDSecureAt rejectAt } }')
  const { version: expectedVersion, rejectAt } = data.fraudThresholds
  await admin.act('setFraudThresholds', {
    ...{ expectedVersion, threeDSecureAt: 0, reviewAt: 0, rejectAt },
  })
  const [good, bad] = [new Client(shop.url), new Client(shop.url)]
  const [held, doubted] = [await heldOf(world, good), await heldOf(world, bad)]

  const release = await admin.act('releaseHeldOrder', { orderId: held })
  const reject = await admin.act('rejectHeldOrder', { orderId: doubted })
  await becomes(good, held, 'CONFIRMED')
  const rejected = await becomes(bad, doubted, 'CANCELLED')

  assert.deepEqual([release.__typename, reject.__typename], ['OrderMoved', 'OrderMoved'])
  assert.equal(rejected.cancelReason, 'REJECTED')
}

/**
 * An order that rests for staff. On a machine with other work fraud's answer may be later than a
 * checkout waits for it: that order is sold without it, as it should be, and there is another.
 */
async function heldOf({ variants }: World, client: Client): Promise<string> {
  for (let tries = 0; tries < 5; tries += 1) {
    await add(client, variants[4] ?? '')
    const { order } = await (await checkoutOf(client)).pay()
    const { status } = await eventually(async () => {
      const now = await statusOf(client, order.id)
      return now.status !== 'PENDING' && now
    })
    if (status === 'ON_HOLD') return order.id
  }
  throw new Error('Fraud was late for each of five orders.')
}
