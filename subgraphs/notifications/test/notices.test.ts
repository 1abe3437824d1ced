import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { ada, ben, notificationsWith, support } from './world.ts'

type World = Awaited<ReturnType<typeof notificationsWith>>

const paid = (shop: World, customerId: string | null, orderId = newId()) =>
  shop.hear({ id: newId(), name: 'orders.order-paid', aggregateId: orderId, data: { customerId } })

const listing = (userId: string, rest = '') => `{
  _entities(representations: [{ __typename: "User", id: "${userId}" }]) { ... on User {
    unreadNotificationCount
    notifications${rest} { nodes { kind text(locale: "de-AT") readAt order { id } } totalCount
      pageInfo { endCursor hasNextPage } }
  } } }`

const read = async (shop: World, as: string, rest = '') => {
  const { data } = await shop.ask({ as, query: listing(ada, rest) })
  return data._entities[0]
}

test('a shopper is told in the shop what happens to their orders, each thing once', async () => {
  await using shop = await notificationsWith()
  const orderId = newId()
  const event = {
    id: newId(),
    name: 'orders.order-paid',
    aggregateId: orderId,
    data: { customerId: ada },
  }
  await shop.hear(event)
  await shop.hear(event)
  await paid(shop, ben)
  await paid(shop, null)
  await shop.hear({
    name: 'payments.refund-settled',
    data: { orderId, amountMinor: 1, currency: 'EUR' },
  })

  const { unreadNotificationCount, notifications } = await read(shop, ada)

  assert.equal(unreadNotificationCount, 2)
  assert.deepEqual(
    new Set(notifications.nodes.map(({ text }: { text: string }) => text)),
    new Set(['Ihre Bestellung ist bezahlt.', 'Sie erhalten Geld für Ihre Bestellung zurück.']),
  )
  assert.ok(
    notifications.nodes.every(({ order }: { order: { id: string } }) => order.id === orderId),
  )
})

test('nobody reads what another was told, nor marks it', async () => {
  await using shop = await notificationsWith()
  await paid(shop, ada)
  const [row] = await shop.database.run('select id from notifications')

  const asBen = await shop.ask({ as: ben, query: listing(ada) })
  const asSupport = await shop.ask({ as: support, query: listing(ada) })
  const mark = (as: string, notificationId: unknown) =>
    shop.ask({
      as,
      query: `mutation ($input: MarkNotificationAsReadInput!) { markNotificationAsRead(input: $input) {
        notification { readAt } } }`,
      variables: { input: { idempotencyKey: newId(), notificationId } },
    })
  const byBen = await mark(ben, row?.id)
  const noId = await mark(ada, "' or true")
  const byAda = await mark(ada, row?.id)

  for (const { data } of [asBen, asSupport]) {
    assert.deepEqual(
      [data._entities[0].unreadNotificationCount, data._entities[0].notifications.nodes],
      [0, []],
    )
  }
  assert.deepEqual([byBen.codes, noId.codes], [['NOT_FOUND'], ['NOT_FOUND']])
  assert.equal(byAda.data.markNotificationAsRead.notification.readAt, '2026-03-01T12:00:00.000Z')
})

test('a list longer than a page; what is read can be cleared, the rest stays', async () => {
  await using shop = await notificationsWith()
  for (let i = 0; i < 25; i += 1) {
    await paid(shop, ada)
    shop.wait(1000)
  }
  const act = (field: string, part: string) =>
    shop.ask({
      as: ada,
      query: `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) {
        ${field}(input: $input) { ${part} } }`,
      variables: { input: { idempotencyKey: newId() } },
    })

  const first = await read(shop, ada)
  const second = await read(shop, ada, `(after: "${first.notifications.pageInfo.endCursor}")`)
  const marked = await act('markAllNotificationsAsRead', 'marked')
  await paid(shop, ada)
  const unread = await read(shop, ada, '(filter: { unread: true })')
  const cleared = await act('clearReadNotifications', 'cleared')
  const left = await read(shop, ada)

  assert.deepEqual([first.notifications.nodes.length, second.notifications.nodes.length], [20, 5])
  assert.equal(first.notifications.totalCount, 25)
  assert.equal(marked.data.markAllNotificationsAsRead.marked, 25)
  assert.deepEqual([unread.notifications.totalCount, unread.unreadNotificationCount], [1, 1])
  assert.equal(cleared.data.clearReadNotifications.cleared, 25)
  assert.equal(left.notifications.totalCount, 1)
})

test('who follows hears of their own, once it is committed', async () => {
  await using shop = await notificationsWith()
  const over = new AbortController()
  const next = shop.follow(ada, over.signal).next()
  await new Promise(setImmediate)
  const orderId = newId()
  await paid(shop, ben)
  await paid(shop, ada, orderId)
  const told = await shop.database.run('select aggregate_id, data from outbox order by id')

  for (const { aggregate_id, data } of told) {
    await shop.hear({
      name: 'notifications.notification-added',
      aggregateId: String(aggregate_id),
      data,
    })
  }
  const { value } = await next
  over.abort()

  assert.equal(told.length, 2)
  assert.deepEqual(value.data, {
    notificationReceived: { kind: 'ORDER_PAID', order: { id: orderId } },
  })
})
