import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cartOf,
  noon,
  pricing,
  promotionsWith,
  saving,
  seller,
  tenthOff,
  usesOf,
  voucher,
} from './world.ts'

const promotionSaved = 'promotion { id name version startsAt endsAt }'

test('a promotion is changed on the version that was read, and ended', async () => {
  await using shop = await promotionsWith()
  const promotionId = await tenthOff(shop)
  const update = { promotionId, expectedVersion: 1, percentOffBps: 2000, name: 'A fifth off' }

  const changed = await shop.ask(saving('updatePromotion', update, promotionSaved))
  const stale = await shop.ask(saving('updatePromotion', { ...update, name: 'x' }, promotionSaved))
  const twenty = await shop.ask(pricing(cartOf()))
  const ended = await shop.ask(
    saving('endPromotion', { promotionId, expectedVersion: 2 }, promotionSaved),
  )
  const after = await shop.ask(pricing(cartOf()))

  assert.equal(changed.data.updatePromotion.promotion.name, 'A fifth off')
  assert.deepEqual(stale.codes, ['STALE_VERSION'])
  assert.equal(twenty.data.priceCart.price.discount.amountMinor, 400)
  assert.equal(ended.data.endPromotion.promotion.endsAt, noon.toISOString())
  assert.equal(after.data.priceCart.price.discount.amountMinor, 0)
  const told = await shop.database.run('select name, data, aggregate_id from outbox order by id')
  const event = {
    name: 'promotions.promotion-changed',
    data: { promotionId },
    aggregate_id: promotionId,
  }
  assert.deepEqual(told, [event, event, event])
})

const nonsense = [
  { kind: 'PERCENT', percentOffBps: null },
  { kind: 'PERCENT', percentOffBps: 10_001 },
  { kind: 'AMOUNT', percentOffBps: null, amounts: [] },
  { kind: 'FREE_SHIPPING' },
  { name: ' ' },
  { amounts: [{ amountMinor: -1, currency: 'EUR' }] },
  { amounts: [1, 2].map((amountMinor) => ({ amountMinor, currency: 'EUR' })) },
  { categoryIds: ['kitchen'] },
  { minQuantity: 0 },
  { endsAt: '2026-01-01T00:00:00Z' },
]

test('what means nothing is refused and not kept', async () => {
  await using shop = await promotionsWith()

  for (const more of nonsense) {
    const input = { name: 'A tenth off', kind: 'PERCENT', percentOffBps: 1000, ...more }
    const { codes } = await shop.ask(saving('createPromotion', input, promotionSaved))
    assert.ok(codes[0] === 'BAD_REWARD' || codes[0] === 'BAD_USER_INPUT', JSON.stringify(more))
  }
  assert.deepEqual(await shop.database.run('select id from promotions'), [])
})

const list = /* GraphQL */ `
  query ($after: String, $runningNow: Boolean! = false) {
    promotions(first: 2, after: $after, runningNow: $runningNow) {
      totalCount
      nodes { name }
      pageInfo { hasNextPage endCursor }
    }
  }
`

test('staff see all promotions page by page, or those that run', async () => {
  await using shop = await promotionsWith()
  for (const day of [1, 2, 3, 4, 5]) {
    await tenthOff(shop, { name: `Day ${day}`, startsAt: `2026-03-0${day}T00:00:00Z` })
  }

  const names: string[] = []
  let after: string | null = null
  do {
    const { data } = await shop.ask({ as: seller, query: list, variables: { after } })
    names.push(...data.promotions.nodes.map(({ name }: { name: string }) => name))
    assert.equal(data.promotions.totalCount, 5)
    const { hasNextPage, endCursor } = data.promotions.pageInfo
    after = hasNextPage ? endCursor : null
  } while (after)
  const running = await shop.ask({ as: seller, query: list, variables: { runningNow: true } })

  assert.deepEqual(names, ['Day 5', 'Day 4', 'Day 3', 'Day 2', 'Day 1'])
  assert.deepEqual(running.data.promotions.nodes, [{ name: 'Day 1' }])
})

test('codes are made up by the thousand, each another, and read page by page', async () => {
  await using shop = await promotionsWith()
  const promotionId = await tenthOff(shop, { needsVoucher: true })
  const input = { promotionId, count: 1000, prefix: 'spring-' }

  const { data } = await shop.ask(saving('createVouchers', input, 'created promotion { id }'))
  await shop.ask(saving('createVouchers', input, 'created'))

  assert.deepEqual(data.createVouchers, { created: 1000, promotion: { id: promotionId } })
  const read = await shop.ask({
    as: seller,
    variables: { promotionId },
    query: `query ($promotionId: ID!) { promotion(id: $promotionId) {
      vouchers(first: 100) { totalCount nodes { code maxUses uses } } } }`,
  })
  const { totalCount, nodes } = read.data.promotion.vouchers
  assert.equal(totalCount, 1000)
  assert.equal(new Set(nodes.map(({ code }: { code: string }) => code)).size, 100)
  for (const { code, maxUses, uses } of nodes) {
    assert.match(code, /^SPRING-[2-9A-HJ-NP-Z]{12}$/)
    assert.deepEqual([maxUses, uses], [1, 0])
  }
})

test('a code is once in the shop, however it is written', async () => {
  await using shop = await promotionsWith()
  const promotionId = await tenthOff(shop, { needsVoucher: true })
  await voucher(shop, promotionId, { code: 'welcome' })

  const { codes } = await shop.ask(
    saving('createVoucher', { promotionId, code: ' WELCOME ' }, 'voucher { id }'),
  )

  assert.deepEqual(codes, ['VOUCHER_CODE_TAKEN'])
})

test('a limit is changed, but not to fewer than there were', async () => {
  await using shop = await promotionsWith()
  const voucherId = await voucher(shop, await tenthOff(shop, { needsVoucher: true }), {
    code: 'LIMIT',
    maxUses: 5,
  })
  await shop.database.run(`update vouchers set uses = 3`)
  const change = (maxUses: number | null, expectedVersion: number) =>
    shop.ask(
      saving('updateVoucher', { voucherId, expectedVersion, maxUses }, 'voucher { maxUses }'),
    )

  const fewer = await change(2, 1)
  const same = await change(3, 1)
  const none = await change(null, 2)

  assert.deepEqual(fewer.codes, ['BAD_USER_INPUT'])
  assert.deepEqual(same.data.updateVoucher.voucher, { maxUses: 3 })
  assert.deepEqual(none.data.updateVoucher.voucher, { maxUses: null })
  assert.equal(await usesOf(shop, 'LIMIT'), 3)
})
