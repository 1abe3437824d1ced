import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { hear } from '@shop/kit/testing'
import {
  cartOf,
  order,
  promotionsWith,
  releasing,
  taking,
  tenthOff,
  usesOf,
  voucher,
  type World,
} from './world.ts'

const cart = { ...cartOf(), voucherCodes: ['once'] }
const total = 1999 - 200 + 490

async function shopWithVoucher(limits: object, meeting?: { at: string; of: number }) {
  const shop = await promotionsWith(meeting)
  const id = await tenthOff(shop, { needsVoucher: true })
  await voucher(shop, id, { code: 'ONCE', ...limits })
  return shop
}

const kindOf = async (shop: World, ...asked: Parameters<typeof taking>) =>
  (await shop.ask(taking(...asked))).data.takePrice

test('taking a price uses its voucher, and the undoing gives the use back, once', async () => {
  await using shop = await shopWithVoucher({ maxUses: 2 })

  const taken = await kindOf(shop, 'order:1:price', cart, total)

  assert.deepEqual(taken, {
    __typename: 'PriceTaken',
    price: { total: { amountMinor: total }, discount: { amountMinor: 200 } },
  })
  assert.equal(await usesOf(shop, 'ONCE'), 1)
  const { data } = await shop.ask(releasing('order:1:price'))
  assert.deepEqual(data.releasePrice, { at: '2026-03-01T12:00:00.000Z' })
  assert.equal(await usesOf(shop, 'ONCE'), 0)
  await shop.ask(releasing('order:1:price', 'another key'))
  await hear(shop.subgraph, { name: 'orders.order-cancelled', aggregateId: order(1), data: {} })
  assert.equal(await usesOf(shop, 'ONCE'), 0)
})

test('the same step again is the same price, and for anything else refused', async () => {
  await using shop = await shopWithVoucher({ maxUses: 5 })
  const first = await shop.ask(taking('order:1:price', cart, total))

  const again = await shop.ask(taking('order:1:price', cart, total))
  const other = await shop.ask(taking('order:1:price', cart, total + 1))

  assert.deepEqual(again, first)
  assert.deepEqual(other.codes, ['IDEMPOTENCY_CONFLICT'])
  assert.equal(await usesOf(shop, 'ONCE'), 1)
})

test('a total that is not what was shown takes nothing', async () => {
  await using shop = await shopWithVoucher({})

  const moved = await kindOf(shop, 'order:1:price', cart, total - 1)

  assert.deepEqual(moved, { __typename: 'PriceMoved', price: { total: { amountMinor: total } } })
  assert.equal(await usesOf(shop, 'ONCE'), 0)
})

test('a step that was undone before it was heard of does nothing', async () => {
  await using shop = await shopWithVoucher({})
  await shop.ask(releasing('order:1:price'))

  const { codes } = await shop.ask(taking('order:1:price', cart, total))

  assert.deepEqual(codes, ['STEP_UNDONE'])
  assert.equal(await usesOf(shop, 'ONCE'), 0)
})

test('a shopper has it as often as the limit for one says, and others still have theirs', async () => {
  await using shop = await shopWithVoucher({ maxUsesPerShopper: 1 })
  await kindOf(shop, 'order:1:price', cart, total)

  const again = await kindOf(shop, 'order:2:price', cart, total)
  const other = await kindOf(shop, 'order:3:price', cart, total, 'ben')

  assert.deepEqual(again, { __typename: 'VoucherRefused', code: 'ONCE', reason: 'USED_BY_SHOPPER' })
  assert.equal(other.__typename, 'PriceTaken')
  assert.equal(await usesOf(shop, 'ONCE'), 2)
})

test('of two vouchers both are used or none', async () => {
  await using shop = await shopWithVoucher({ maxUses: 1 })
  const other = await tenthOff(shop, { needsVoucher: true, name: 'Other' })
  await voucher(shop, other, { code: 'OTHER' })
  await kindOf(shop, 'order:1:price', cart, total)
  const both = { ...cart, voucherCodes: ['other', 'once'] }

  const refused = await kindOf(shop, 'order:2:price', both, 1999 - 200 - 180 + 490, 'ben')

  assert.deepEqual(refused, { __typename: 'VoucherRefused', code: 'ONCE', reason: 'USED_UP' })
  assert.equal(await usesOf(shop, 'OTHER'), 0)
})

test('an order that is cancelled gives back what it had, told twice or once', async () => {
  await using shop = await shopWithVoucher({ maxUses: 1 })
  await kindOf(shop, 'order:1:price', cart, total)
  const event = { id: newId(), name: 'orders.order-cancelled', aggregateId: order(1), data: {} }

  await hear(shop.subgraph, event)
  await hear(shop.subgraph, event)

  assert.equal(await usesOf(shop, 'ONCE'), 0)
  assert.equal((await kindOf(shop, 'order:2:price', cart, total)).__typename, 'PriceTaken')
})

test('two carts that look at once cannot both have the last use', async () => {
  await using shop = await shopWithVoucher({ maxUses: 1 }, { at: 'savepoint uses', of: 2 })

  const taken = await Promise.all(
    ['ada', 'ben'].map((owner) => kindOf(shop, `order:${owner}:price`, cart, total, owner)),
  )

  assert.deepEqual(taken.map(({ __typename }) => __typename).toSorted(), [
    'PriceTaken',
    'VoucherRefused',
  ])
  assert.equal(await usesOf(shop, 'ONCE'), 1)
})

test('one shopper with two carts at once has it once', async () => {
  const limits = { maxUsesPerShopper: 1, maxUses: 10 }
  await using shop = await shopWithVoucher(limits, { at: 'savepoint uses', of: 2 })

  const taken = await Promise.all(
    ['a', 'b'].map((key) => kindOf(shop, `order:${key}:price`, cart, total)),
  )

  assert.deepEqual(taken.map(({ __typename }) => __typename).toSorted(), [
    'PriceTaken',
    'VoucherRefused',
  ])
  assert.equal(await usesOf(shop, 'ONCE'), 1)
})

test('of two hundred carts that race for one use, one has it', async () => {
  await using shop = await shopWithVoucher({ maxUses: 1 })
  const owners = Array.from({ length: 200 }, (_, n) => `shopper ${n}`)

  const taken = await Promise.all(
    owners.map((owner) => kindOf(shop, `order:${owner}:price`, cart, total, owner)),
  )

  const kinds = taken.map((each) => each.reason ?? each.__typename).toSorted()
  assert.deepEqual(kinds, ['PriceTaken', ...new Array(199).fill('USED_UP')])
  assert.equal(await usesOf(shop, 'ONCE'), 1)
  assert.deepEqual(
    await shop.database.run('select count(*) as uses from voucher_uses where released_at is null'),
    [{ uses: 1 }],
  )
})

test('an undoing and its step that come at once leave nothing used', async () => {
  await using shop = await shopWithVoucher({ maxUses: 1 })

  await Promise.all([
    shop.ask(taking('order:1:price', cart, total)),
    shop.ask(releasing('order:1:price')),
  ])

  assert.equal(await usesOf(shop, 'ONCE'), 0)
})
