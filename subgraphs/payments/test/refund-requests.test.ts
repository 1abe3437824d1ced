import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AskedAs } from '@shop/kit/testing'
import {
  ada,
  authorizing,
  ben,
  capturing,
  euros,
  finance,
  itemId,
  orderId,
  paymentIn,
  paymentsWith,
  refunding,
  type World,
} from './world.ts'

interface Requested {
  readonly as?: string
  readonly key?: string
  readonly more?: object
}

const requesting = (
  amountMinor: number,
  { as = ada, key = 'request', more = {} }: Requested = {},
): AskedAs => ({
  as,
  variables: {
    input: {
      ...{ idempotencyKey: key, orderId, reason: 'broken' },
      amount: euros(amountMinor),
      lines: [{ orderItemId: itemId, quantity: 2 }],
      ...more,
    },
  },
  query: /* GraphQL */ `
    mutation ($input: RequestRefundInput!) {
      requestRefund(input: $input) {
        __typename
        ... on RefundRequested {
          refund { id state amount { amountMinor } reason lines { orderItemId quantity } }
        }
        ... on RefundTooLarge { refundable { amountMinor currency } }
      }
    }
  `,
})

const processing = (id: string, decision: string, key = `decide ${id}`): AskedAs => ({
  as: finance,
  variables: { input: { idempotencyKey: key, id, decision } },
  query: /* GraphQL */ `
    mutation ($input: ProcessRefundInput!) {
      processRefund(input: $input) {
        __typename
        ... on RefundProcessed { refund { id state } }
        ... on RefundTooLarge { refundable { amountMinor currency } }
      }
    }
  `,
})

/** Pages through what waits, two at a time. */
async function waiting(world: World): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | null = null, more = true; more; ) {
    const { data } = await world.ask({
      as: finance,
      variables: { after },
      query: `query ($after: String) { refundRequests(first: 2, after: $after) {
        nodes { id state } pageInfo { endCursor hasNextPage }
      } }`,
    })
    const { nodes, pageInfo } = data.refundRequests
    ids.push(...nodes.map(({ id }: { id: string }) => id))
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage
  }
  return ids
}

async function capturedShop() {
  const shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  await shop.ask(capturing())
  return shop
}

async function requested(world: World, amountMinor: number, key?: string): Promise<string> {
  const { data } = await world.ask(requesting(amountMinor, key === undefined ? {} : { key }))
  return data.requestRefund.refund.id
}

test('a refund that a shopper asks for waits for staff, and promises nothing', async () => {
  await using shop = await capturedShop()

  const { data } = await shop.ask(requesting(1000))

  const { id } = data.requestRefund.refund
  assert.deepEqual(data.requestRefund, {
    __typename: 'RefundRequested',
    refund: {
      id,
      state: 'REQUESTED',
      amount: { amountMinor: 1000 },
      reason: 'broken',
      lines: [{ orderItemId: itemId, quantity: 2 }],
    },
  })
  assert.deepEqual(await waiting(shop), [id])
  assert.equal((await paymentIn(shop)).refundable.amountMinor, 2599)
  assert.equal(shop.money().refunded, 0)
})

test('the same key again is the same request, and for anything else refused', async () => {
  await using shop = await capturedShop()
  const first = await shop.ask(requesting(1000))

  const again = await shop.ask(requesting(1000))
  const other = await shop.ask(requesting(1001))

  assert.deepEqual(again.data, first.data)
  assert.deepEqual(other.codes, ['IDEMPOTENCY_CONFLICT'])
  assert.equal((await waiting(shop)).length, 1)
})

test('nobody asks for more than was paid, nor for what another has paid', async () => {
  await using shop = await capturedShop()

  const more = await shop.ask(requesting(2600))
  const another = await shop.ask(requesting(100, { as: ben }))

  assert.deepEqual(more.data.requestRefund, {
    __typename: 'RefundTooLarge',
    refundable: { amountMinor: 2599, currency: 'EUR' },
  })
  assert.deepEqual(another.codes, ['NOT_FOUND'])
  assert.deepEqual(await waiting(shop), [])
})

const line = { orderItemId: itemId, quantity: 1 }
const senseless: Record<string, [more: object, code: string]> = {
  'of an order that is no order': [{ orderId: 'mine' }, 'NOT_FOUND'],
  'of nothing': [{ amount: euros(0) }, 'BAD_USER_INPUT'],
  'in another currency': [{ amount: { amountMinor: 100, currency: 'USD' } }, 'BAD_USER_INPUT'],
  'for a reason that does not end': [{ reason: 'x'.repeat(501) }, 'BAD_USER_INPUT'],
  'of no piece': [{ lines: [{ ...line, quantity: 0 }] }, 'BAD_USER_INPUT'],
  'of an item of another order': [{ lines: [{ ...line, orderItemId: orderId }] }, 'NOT_IN_ORDER'],
  'of more pieces than were bought': [{ lines: [{ ...line, quantity: 3 }] }, 'NOT_IN_ORDER'],
  'of as many by naming one twice': [{ lines: [line, line, line] }, 'NOT_IN_ORDER'],
  'of too many lines': [{ lines: Array.from({ length: 101 }, () => line) }, 'BAD_USER_INPUT'],
}

test('what makes no sense is refused by name, and does not wait', async () => {
  await using shop = await capturedShop()

  for (const [what, [more, code]] of Object.entries(senseless)) {
    const { codes } = await shop.ask(requesting(100, { key: what, more }))
    assert.deepEqual(codes, [code], what)
  }
  assert.deepEqual(await waiting(shop), [])
})

test('ten wait at most, and staff see all of them, page by page', async () => {
  await using shop = await capturedShop()
  const ids: string[] = []
  for (let each = 0; each < 10; each += 1) ids.push(await requested(shop, 100, `${each}`))

  const { codes } = await shop.ask(requesting(100, { key: 'one more' }))

  assert.deepEqual(codes, ['BAD_USER_INPUT'])
  assert.deepEqual(await waiting(shop), ids)
})

test('approved, it is sent once, however often that is said', async () => {
  await using shop = await capturedShop()
  const id = await requested(shop, 1000)

  const { data } = await shop.ask(processing(id, 'APPROVE'))
  const again = await shop.ask(processing(id, 'APPROVE'))
  const otherwise = await shop.ask(processing(id, 'REJECT', 'another key'))

  assert.deepEqual(data.processRefund, {
    __typename: 'RefundProcessed',
    refund: { id, state: 'SUCCEEDED' },
  })
  assert.deepEqual(again.data, data)
  assert.deepEqual(otherwise.codes, ['NOT_FOUND'])
  assert.deepEqual(await waiting(shop), [])
  const { state, refunded, refundable } = await paymentIn(shop)
  assert.deepEqual(
    [state, refunded.amountMinor, refundable.amountMinor],
    ['PARTIALLY_REFUNDED', 1000, 1599],
  )
  assert.equal(shop.money().refunded, 1000)
})

test('rejected, nothing goes back, and it cannot be approved any more', async () => {
  await using shop = await capturedShop()
  const id = await requested(shop, 1000)

  const { data } = await shop.ask(processing(id, 'REJECT'))
  const late = await shop.ask(processing(id, 'APPROVE', 'another key'))

  const refund = { id, state: 'REJECTED' }
  assert.deepEqual(data.processRefund, { __typename: 'RefundProcessed', refund })
  assert.deepEqual(late.codes, ['NOT_FOUND'])
  assert.equal(shop.money().refunded, 0)
  assert.equal((await paymentIn(shop)).refundable.amountMinor, 2599)
})

test('of two who approve at once one does, and it is sent once', async () => {
  await using shop = await capturedShop()
  const id = await requested(shop, 1000)

  const approving = (key: string) => shop.ask(processing(id, 'APPROVE', key))
  const answers = await Promise.all(['one', 'two'].map(approving))

  const told = answers.map(({ data, codes }) => data?.processRefund.__typename ?? codes[0])
  assert.deepEqual(told.toSorted(), ['NOT_FOUND', 'RefundProcessed'])
  assert.equal(shop.money().refunded, 1000)
})

test('approved when too little is left, it waits on, and staff are told what is left', async () => {
  await using shop = await capturedShop()
  const id = await requested(shop, 1000)
  await shop.ask(refunding(2000))

  const { data } = await shop.ask(processing(id, 'APPROVE'))

  assert.deepEqual(data.processRefund, {
    __typename: 'RefundTooLarge',
    refundable: { amountMinor: 599, currency: 'EUR' },
  })
  assert.deepEqual(await waiting(shop), [id])
  assert.equal(shop.money().refunded, 2000)
})

test('a shopper decides nothing', async () => {
  await using shop = await capturedShop()
  const id = await requested(shop, 1000)

  const { codes } = await shop.ask({ ...processing(id, 'APPROVE'), as: ada })

  assert.deepEqual(codes, ['FORBIDDEN'])
  assert.deepEqual(await waiting(shop), [id])
})
