import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guestNamed, serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import { bought, orderOf, readyToBuy } from './shopping.ts'
import { ada, ben, guest, ordersWith, staffWith } from './world.ts'

const listing = (filter: object, after: string | null = null) => ({
  as: staffWith('orders:read'),
  variables: { filter, after },
  query: `query ($filter: OrdersFilter, $after: String) {
    orders(filter: $filter, sort: OLDEST, first: 2, after: $after) {
      nodes { number } totalCount pageInfo { hasNextPage endCursor }
    }
  }`,
})

test('every field of an order answers, as it was when it was bought', async () => {
  await using shop = await ordersWith()
  const { id } = await bought(shop, ada)
  const query = `query ($id: ID!) { order(id: $id) {
    status cancelReason customer { id } subtotal { amountMinor } discount { amountMinor }
    shipping { amountMinor } tax { amountMinor } total { amountMinor formatted }
    refunded { amountMinor } pricesIncludeTax voucherCodes email shippingMethodId version
    explain { label kind itemId amount { amountMinor } }
    items { sku name quantity unitPrice { amountMinor } discount { amountMinor }
      tax { amountMinor } total { amountMinor } variant { id } product { id } }
    shippingAddress { name company line1 line2 postalCode city region country phone }
    billingAddress { name } fulfillments { id } placedAt paidAt
    timeline { status at by note } availableTransitions
  } }`

  const { data, codes } = await shop.ask({ as: ada, query, variables: { id } })

  assert.deepEqual(codes, [])
  const { order } = data
  const sum = order.explain.reduce(
    (all: number, step: { amount: { amountMinor: number } }) => all + step.amount.amountMinor,
    0,
  )
  assert.equal(sum, order.total.amountMinor)
  assert.deepEqual(
    { total: order.total, items: order.items.map(({ sku, name }: Item) => [sku, name]) },
    { total: { amountMinor: 2500, formatted: '€25.00' }, items: [['SKU-01', 'Mug, blue']] },
  )
  assert.deepEqual(order.customer, { id: ada })
  assert.equal(order.placedAt, '2026-03-01T12:00:00.000Z')
})

interface Item {
  sku: string
  name: string
}

test('staff page through all orders, and filter them; others may not', async () => {
  await using shop = await ordersWith()
  const orders = [await bought(shop, ada), await bought(shop, ben), await bought(shop, guest)]
  shop.later(1000)
  const last = await bought(shop, ada)

  const one = await shop.ask(listing({}))
  const two = await shop.ask(listing({}, one.data.orders.pageInfo.endCursor))
  const bens = await shop.ask(listing({ customerId: ben }))
  const named = await shop.ask(listing({ number: last.number, status: ['CONFIRMED'] }))
  const refused = await shop.ask({ ...listing({}), as: ada })

  const numbers = (answer: typeof one) =>
    answer.data.orders.nodes.map(({ number }: { number: string }) => number)
  assert.deepEqual(
    [...numbers(one), ...numbers(two)],
    [...orders, last].map(({ number }) => number),
  )
  assert.deepEqual([one.data.orders.totalCount, two.data.orders.pageInfo.hasNextPage], [4, false])
  assert.deepEqual(numbers(bens), [orders[1]?.number])
  assert.deepEqual(numbers(named), [last.number])
  assert.deepEqual(refused.codes, ['FORBIDDEN'])
})

test('one’s own orders hang on the user, and of another user there are none', async () => {
  await using shop = await ordersWith()
  const { number } = await bought(shop, ada)
  const query = `query ($id: ID!) {
    _entities(representations: [{ __typename: "User", id: $id }]) {
      ... on User { cart { id } orders(filter: { closed: false }) { nodes { number } } }
    }
  }`

  const answers = await Promise.all(
    [ada, ben, staffWith('orders:read')].map((as) =>
      shop.ask({ as, query, variables: { id: ada } }),
    ),
  )

  assert.deepEqual(
    answers.map(({ data }) => data._entities[0].orders.nodes),
    [[{ number }], [], [{ number }]],
  )
})

test('an order is not to be seen by strangers, by id, number or as an entity', async () => {
  await using shop = await ordersWith()
  const { id, number } = await bought(shop, ada)
  const query = `query ($id: ID!, $number: String!) {
    byId: order(id: $id) { id } byNumber: order(number: $number) { id }
    _entities(representations: [{ __typename: "Order", id: $id }]) { ... on Order { number } }
  }`
  const asked = (as: Parameters<typeof orderOf>[0] | null) =>
    shop.ask({ as, query, variables: { id, number } })

  const strangers = await Promise.all([ben, guest, null].map(asked))
  const own = await asked(ada)

  for (const { data } of strangers) {
    assert.deepEqual(data, { byId: null, byNumber: null, _entities: [null] })
  }
  assert.deepEqual(own.data, { byId: { id }, byNumber: { id }, _entities: [{ number }] })
})

test('a guest sees an order for a day, and then by the link that was mailed', async () => {
  await using shop = await ordersWith()
  const { id } = await bought(shop, guest)
  const mail = await shop.ask({
    as: serviceNamed('notifications'),
    variables: { id, event: newId() },
    query: `query ($id: ID!, $event: ID!) { orderForMail(orderId: $id, eventId: $event) {
      email number currency link shipTo { name lines } total { amountMinor }
      items { name sku quantity total { amountMinor } } fulfillments { id }
    } }`,
  })
  const { link } = mail.data.orderForMail
  const token = new URL(link).searchParams.get('link')
  const linked = {
    query: `query ($id: ID!, $link: String) { order(id: $id, link: $link) { id items { sku } } }`,
    variables: { id, link: token },
  }

  shop.later(24 * 3_600_000 - 1)
  const inTime = await shop.ask(orderOf(guest, id))
  shop.later(1)
  const late = await shop.ask(orderOf(guest, id))
  const byLink = await shop.ask({ as: null, ...linked })
  const forged = await shop.ask({
    as: null,
    ...linked,
    variables: { id, link: `${id}.${token?.split('.')[1]?.replace(/^./, 'x')}x` },
  })

  assert.equal(mail.data.orderForMail.email, 'ada@example.org')
  assert.deepEqual(mail.data.orderForMail.shipTo, {
    name: 'Ada Lovelace',
    lines: ['Storgatan 1', '111 22 Stockholm', 'SE'],
  })
  assert.equal(inTime.data.order.id, id)
  assert.equal(late.data.order, null)
  assert.deepEqual(byLink.data.order, { id, items: [{ sku: 'SKU-01' }] })
  assert.equal(forged.data.order, null)
})

test('nobody writes of a try that was refused on the spot', async () => {
  await using shop = await ordersWith()
  shop.standIn.answers('authorizePayment', () => ({
    authorizePayment: { __typename: 'PaymentRefused', code: 'lost_card' },
  }))
  await shop.ask(await readyToBuy(shop, ada))
  const [row] = await shop.database.run('select id from orders')

  const { data, codes } = await shop.ask({
    as: serviceNamed('notifications'),
    variables: { id: row?.id },
    query: `query ($id: ID!) { orderForMail(orderId: $id, eventId: $id) { number } }`,
  })

  assert.deepEqual([data.orderForMail, codes], [null, []])
})

test('a page of orders with all their parts costs as many statements as one', async () => {
  await using shop = await ordersWith()
  const query = `{ orders(first: 10) { nodes {
    number items { sku variant { id } } timeline { status } fulfillments { items { quantity } }
  } } }`
  const counted = async () => {
    const before = shop.statements.length
    await shop.ask({ as: staffWith('orders:read'), query })
    return shop.statements.length - before
  }
  await bought(shop, ada)
  const ofOne = await counted()
  for (const as of [ben, guest, ada, guestNamed(newId())]) await bought(shop, as)

  assert.equal(await counted(), ofOne)
})

test('no name, street or address of mail is in what is announced or asked of others', async () => {
  await using shop = await ordersWith()
  await bought(shop, ada)

  const told = JSON.stringify(await shop.database.run('select data, actor from outbox'))
  const asked = JSON.stringify(
    shop.standIn.said.filter(({ operation }) => operation !== 'quoteCart'),
  )
  const walked = JSON.stringify(await shop.database.run('select * from checkouts'))

  for (const text of [told, asked, walked]) {
    assert.doesNotMatch(text, /Lovelace|Storgatan|ada@example/)
  }
})
