import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hear } from '@shop/kit/testing'
import { holding, inventoryWith, mug, settling, type World } from './world.ts'

const held = (shop: World, key = 'h') => shop.ask(holding(key, [{ variantId: mug, quantity: 2 }]))

const levels = (shop: World) =>
  shop.database.run(`select on_hand, held from stock_levels where variant_id = '${mug}'
    order by warehouse_id`)

test('a hold that is committed is sold, with a movement for each warehouse', async () => {
  await using shop = await inventoryWith(1, 3)
  await held(shop)

  const { data } = await shop.ask(settling('commitHold', 'h'))

  assert.deepEqual(data.commitHold, { __typename: 'HoldSettled', hold: { state: 'COMMITTED' } })
  assert.deepEqual(await levels(shop), [
    { on_hand: 0, held: 0 },
    { on_hand: 2, held: 0 },
  ])
  assert.deepEqual(
    await shop.database.run(
      'select kind, quantity, reference, actor from stock_movements order by warehouse_id',
    ),
    [
      { kind: 'SALE', quantity: -1, reference: 'order-1', actor: 'user:ada' },
      { kind: 'SALE', quantity: -1, reference: 'order-1', actor: 'user:ada' },
    ],
  )
})

test('whoever comes second finds it as the first left it', async () => {
  await using shop = await inventoryWith(5)
  await held(shop)
  await shop.ask(settling('commitHold', 'h'))

  const again = await shop.ask(settling('commitHold', 'h', 'again'))
  const released = await shop.ask(settling('releaseHold', 'h'))
  const returned = await shop.ask(settling('returnHold', 'h'))
  const twice = await shop.ask(settling('returnHold', 'h', 'twice'))

  assert.deepEqual(
    [
      again.data.commitHold,
      released.data.releaseHold,
      returned.data.returnHold,
      twice.data.returnHold,
    ].map(({ __typename, hold }) => [__typename, hold.state]),
    [
      ['HoldSettled', 'COMMITTED'],
      ['HoldGone', 'COMMITTED'],
      ['HoldSettled', 'RETURNED'],
      ['HoldSettled', 'RETURNED'],
    ],
  )
  assert.equal(await shop.available(), 5)
})

test('commit and release at once: one of them has it', async () => {
  await using shop = await inventoryWith(5, 0, { at: '\n    with settled', of: 2 })
  await held(shop)

  await Promise.all([shop.ask(settling('commitHold', 'h')), shop.ask(settling('releaseHold', 'h'))])

  const [level] = await levels(shop)
  const [hold] = await shop.database.run('select state from holds')
  assert.deepEqual(
    level,
    hold?.state === 'COMMITTED' ? { on_hand: 3, held: 0 } : { on_hand: 5, held: 0 },
  )
})

test('a hold is extended once', async () => {
  await using shop = await inventoryWith(5)
  await held(shop)
  await shop.database.run(`update holds set expires_at = '2026-03-01T12:00:01Z'`)

  await shop.ask(settling('extendHold', 'h'))
  await shop.database.run(`update holds set expires_at = '2026-03-01T12:00:02Z'`)
  await shop.ask(settling('extendHold', 'h', 'once more'))

  const [hold] = await shop.database.run('select expires_at from holds')
  assert.deepEqual(hold?.expires_at, new Date('2026-03-01T12:00:02Z'))
})

test('running the job twice, at once and again, frees an expired hold once and tells of it once', async () => {
  await using shop = await inventoryWith(5)
  await held(shop)
  await held(shop, 'other')
  await shop.database.run(`update holds set expires_at = '2026-03-01T11:59:00Z'
    where step_key = 'h'`)
  const [job] = shop.subgraph.jobs

  await Promise.all([job?.run({}), job?.run({})])
  await job?.run({})

  assert.equal(await shop.available(), 3)
  assert.deepEqual(await shop.database.run('select name, actor, data from outbox'), [
    { name: 'inventory.hold-expired', actor: 'service:inventory', data: { reference: 'order-1' } },
  ])
})

test('a cancelled order gives back what it holds and what it was sold, however often it is told', async () => {
  await using shop = await inventoryWith(5)
  await held(shop)
  await held(shop, 'sold')
  await shop.ask(settling('commitHold', 'sold'))
  const event = { name: 'orders.order-cancelled', aggregateId: 'order-1', data: {} }

  await Promise.all([hear(shop.subgraph, event), hear(shop.subgraph, event)])
  await hear(shop.subgraph, { ...event, aggregateId: 'of another' })

  assert.equal(await shop.available(), 5)
})
