import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userNamed } from '@shop/kit/identity'
import { localLink } from '@shop/kit/link'
import { silent } from '@shop/kit/testing'
import {
  ada,
  authorizing,
  ben,
  capturing,
  orderId,
  paymentsWith,
  refunding,
  type World,
} from './world.ts'

/** Follows a payment as this user; each `next` is what is then told. */
function following({ subgraph }: World, userId: string, order = orderId) {
  const ending = new AbortController()
  const document = `subscription { paymentUpdated(orderId: "${order}") {
    state refunded { amountMinor } attempts { state }
  } }`
  const link = localLink({ ...subgraph, log: silent([]) })
  const asked = { document, identity: userNamed(userId), signal: ending.signal }
  const events = link.follow(asked)[Symbol.asyncIterator]()
  return {
    next: async () => (await events.next()).value,
    [Symbol.dispose]: () => ending.abort(),
  }
}

const none = { data: { paymentUpdated: null } }

const told = (state: string, refunded = 0, attempt = state) => ({
  data: {
    paymentUpdated: {
      state,
      refunded: { amountMinor: refunded },
      attempts: [{ state: attempt }],
    },
  },
})

test('who follows a payment is told how it stands, and then of each change', async () => {
  await using shop = await paymentsWith()
  using own = following(shop, ada)

  const before = await own.next()
  await shop.ask(authorizing('pm_card_visa'))
  const authorized = await own.next()
  await shop.ask(capturing())
  const captured = await own.next()
  await shop.ask(refunding(1000))
  const refunded = await own.next()

  assert.deepEqual(
    [before, authorized, captured, refunded],
    [none, told('AUTHORIZED'), told('CAPTURED'), told('PARTIALLY_REFUNDED', 1000, 'CAPTURED')],
  )
})

test('another is told that something was, and of nothing what', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_visa'))
  using others = following(shop, ben)

  const before = await others.next()
  await shop.ask(capturing())

  assert.deepEqual([before, await others.next()], [none, none])
})

test('of an order that is no order there is nothing to tell', async () => {
  await using shop = await paymentsWith()
  using own = following(shop, ada, 'mine')

  assert.deepEqual(await own.next(), none)
})
