import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@shop/kit/ids'
import { ada, arrived, notificationsWith } from './world.ts'

const minute = 60_000
const id = '019a3c1e-7f00-7000-8000-0000000000e1'
const registered = { id, name: 'accounts.user-registered', aggregateId: ada, data: { userId: ada } }
const messageId = `<${id}.verify-address@shop.example>`
const verification = {
  recipients: ['ada@example.com'],
  subject: 'Is this your address?',
  messageId,
}

test('who registers gets one mail with a link, however often the event is heard', async () => {
  await using shop = await notificationsWith()

  await shop.hear(registered)
  await shop.hear(registered)
  await shop.send()
  await shop.send()

  assert.deepEqual(arrived(shop.mail), [verification])
  const [mail] = shop.mail.mails
  assert.match(mail?.text ?? '', /https:\/\/shop\.example\/verify-email\?token=a%20token/)
  assert.deepEqual(await shop.states(), [{ state: 'SENT', reason: null, attempts: 1 }])
})

test('no address and no token is kept', async () => {
  await using shop = await notificationsWith()
  await shop.hear(registered)
  await shop.send()

  const tables = await shop.database.run(
    `select table_name from information_schema.tables where table_schema = 'notifications'`,
  )
  for (const { table_name: table } of tables) {
    const rows = await shop.database.run(`select * from ${table}`)
    assert.doesNotMatch(JSON.stringify(rows), /ada@example|a token/, String(table))
  }
  assert.ok(tables.length > 5)
})

test('two who send at once send one mail', async () => {
  await using shop = await notificationsWith({ at: '\n        update mails set attempts', of: 2 })
  await shop.hear(registered)

  await Promise.all([shop.send(), shop.send()])

  assert.deepEqual(arrived(shop.mail), [verification])
})

test('where the server says later, or is not there, it is tried again until it is taken', async () => {
  await using shop = await notificationsWith()
  shop.mail.follow({ next: ['busy', 'busy'] })
  await shop.hear(registered)

  for (let i = 0; i < 5; i += 1) {
    await shop.send()
    shop.wait(minute)
  }

  assert.deepEqual(arrived(shop.mail), [verification])
  assert.deepEqual(await shop.states(), [{ state: 'SENT', reason: null, attempts: 3 }])
})

test('what the server refuses for good is not tried again', async () => {
  await using shop = await notificationsWith()
  shop.mail.follow({ next: ['refused'] })
  await shop.hear(registered)

  await shop.send()
  shop.wait(minute)
  await shop.send()

  assert.deepEqual(arrived(shop.mail), [])
  assert.deepEqual(await shop.states(), [{ state: 'REFUSED', reason: 'SMTP_550', attempts: 1 }])
})

for (const [fate, came] of [
  ['lost', 1],
  ['cut', 0],
] as const) {
  test(`an answer that is ${fate} is never asked for by sending again`, async () => {
    await using shop = await notificationsWith()
    shop.mail.follow({ next: [fate] })
    await shop.hear(registered)

    for (let i = 0; i < 3; i += 1) {
      await shop.send()
      shop.wait(30 * minute)
    }

    assert.equal(shop.mail.mails.length, came)
    const [row] = await shop.states()
    assert.deepEqual([row?.state, row?.attempts], ['UNKNOWN', 1])
  })
}

test('while accounts or orders is away the mail waits; for a day', async () => {
  await using shop = await notificationsWith()
  shop.told.mailFor = 'away'
  await shop.hear(registered)
  await shop.send()
  const whileAway = await shop.states()

  shop.wait(25 * 60 * minute)
  await shop.send()

  assert.deepEqual(whileAway, [{ state: 'INTENDED', reason: 'UNAVAILABLE', attempts: 1 }])
  assert.deepEqual(await shop.states(), [{ state: 'REFUSED', reason: 'TOO_LATE', attempts: 2 }])
})

test('whose address is taken is told, and gets no link; who is gone is told nothing', async () => {
  await using shop = await notificationsWith()
  shop.told.mailFor = { email: 'ada@example.com', token: null, tokenExpiresAt: null, isTaken: true }
  await shop.hear(registered)
  await shop.send()
  shop.told.mailFor = null
  await shop.hear({ ...registered, id: newId(), aggregateId: newId() })
  await shop.send()

  assert.deepEqual(
    arrived(shop.mail).map(({ subject }) => subject),
    ['You already have an account'],
  )
  assert.doesNotMatch(shop.mail.mails[0]?.text ?? '', /token/)
  assert.deepEqual((await shop.states())[1], {
    state: 'DROPPED',
    reason: 'NOBODY_TO_TELL',
    attempts: 1,
  })
})

test('each thing that happens to an order has its mail', async () => {
  await using shop = await notificationsWith()
  const orderId = newId()
  const happen = (name: string, data: object, aggregateId = orderId) =>
    shop.hear({ name, aggregateId, data })

  const customerId = ada
  await happen('orders.order-paid', { customerId })
  await happen('orders.order-shipped', { customerId, fulfillmentId: 'parcel 1', lines: [] })
  await happen('orders.order-shipped', { customerId, fulfillmentId: 'no such', lines: [] })
  await happen('payments.refund-settled', { orderId, amountMinor: 500, currency: 'EUR' }, newId())
  await happen('payments.refund-settled', { orderId, amountMinor: 249, currency: 'EUR' }, newId())
  await happen('orders.order-cancelled', { customerId, reason: 'BY_STAFF' })
  await happen('orders.order-cancelled', { customerId, reason: 'DECLINED', isKnown: false })
  await happen('orders.order-cancelled', { customerId, reason: 'EXPIRED', isKnown: true })
  await shop.send()

  const texts = shop.mail.mails.map(({ subject, text }) => [subject, text] as const).toReversed()
  const number = 'S-2026-000042'
  assert.deepEqual(
    texts.map(([subject]) => subject),
    [
      `Thank you for your order ${number}`,
      `Your order ${number} is on its way`,
      `Money back for your order ${number}`,
      `Money back for your order ${number}`,
      `Your order ${number} is cancelled`,
      `Your order ${number} is cancelled`,
    ],
  )
  assert.match(texts[0]?.[1] ?? '', /€35\.37 {2}Total[\s\S]*https:\/\/shop\.example\/orders\//)
  assert.match(texts[1]?.[1] ?? '', /Sent with DHL, number 0034[\s\S]*https:\/\/www\.dhl\.example/)
  assert.match(texts[2]?.[1] ?? '', /You get €5\.00 back/)
  assert.match(texts[3]?.[1] ?? '', /You get €2\.49 back/)
  assert.match(texts[4]?.[1] ?? '', /cannot deliver[\s\S]*What you have paid/)
  assert.match(texts[5]?.[1] ?? '', /was not paid[\s\S]*Nothing was taken/)
  assert.ok(shop.mail.counts.every(({ times }) => times === 1))
})

test("a guest's mail has the link that opens the order without an account", async () => {
  await using shop = await notificationsWith()
  const link = 'https://shop.example/orders/1?link=secret'
  shop.told.orderForMail = { ...(shop.told.orderForMail as object), link }
  await shop.hear({ name: 'orders.order-paid', data: { customerId: null } })
  await shop.send()

  assert.ok(shop.mail.mails[0]?.text.includes(link))
})
