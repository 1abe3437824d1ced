import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { dear, fraudWith, risk } from './world.ts'

type World = Awaited<ReturnType<typeof fraudWith>>

const add = (shop: World, input: object) =>
  shop.ask({
    as: risk,
    query: `mutation ($input: AddFraudListEntryInput!) { addFraudListEntry(input: $input) {
      __typename ... on FraudListEntrySaved { entry { id note } } ... on FraudListKindUnknown { kind }
    } }`,
    variables: { input: { idempotencyKey: newId(), note: 'chargebacks', ...input } },
  })

test('who is on the block list is refused, whatever else; an allow goes before', async () => {
  await using shop = await fraudWith()
  const id = newId()
  await shop.assess(id)

  await add(shop, { list: 'BLOCK', kind: 'EMAIL', orderId: id })
  const blocked = await shop.assess(newId())
  const other = await shop.assess(newId(), { emailHash: 'hash of ben' })
  await add(shop, { list: 'ALLOW', kind: 'CARD', orderId: id })
  const allowed = await shop.assess(newId(), dear)

  assert.deepEqual(
    [blocked, other, allowed].map(({ data }) => data.assessOrder.decision),
    ['REJECT', 'ALLOW', 'ALLOW'],
  )
})

test('an entry ends at its time, or is taken away; put again it is the same', async () => {
  await using shop = await fraudWith()
  const id = newId()
  await shop.assess(id)
  const entry = { list: 'BLOCK', kind: 'EMAIL_DOMAIN', orderId: id }
  const first = await add(shop, { ...entry, expiresAt: '2026-03-01T13:00:00Z' })
  const again = await add(shop, { ...entry, note: 'for good' })
  const { id: entryId } = first.data.addFraudListEntry.entry

  shop.wait(2 * 3_600_000)
  const still = await shop.assess(newId())
  const remove = () =>
    shop.ask({
      as: risk,
      query: `mutation ($input: RemoveFraudListEntryInput!) {
        removeFraudListEntry(input: $input) { entryId } }`,
      variables: { input: { idempotencyKey: newId(), entryId } },
    })
  const removed = await remove()
  const twice = await remove()
  const free = await shop.assess(newId())

  assert.deepEqual(again.data.addFraudListEntry.entry, { id: entryId, note: 'for good' })
  assert.deepEqual(
    [still.data.assessOrder.decision, free.data.assessOrder.decision],
    ['REJECT', 'ALLOW'],
  )
  assert.deepEqual([removed.data.removeFraudListEntry, twice.codes], [{ entryId }, ['NOT_FOUND']])
})

test('what is not known of an order cannot be listed', async () => {
  await using shop = await fraudWith()
  const id = newId()
  await shop.assess(id, { deviceFingerprint: null })

  const { data } = await add(shop, { list: 'BLOCK', kind: 'DEVICE', orderId: id })
  const absent = await add(shop, { list: 'BLOCK', kind: 'EMAIL', orderId: newId() })

  assert.deepEqual(data.addFraudListEntry, { __typename: 'FraudListKindUnknown', kind: 'DEVICE' })
  assert.deepEqual(absent.codes, ['NOT_FOUND'])
})
