import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  authorizing,
  capturing,
  finance,
  paymentIn,
  paymentsWith,
  refunding,
  type World,
} from './world.ts'

async function captured(world: World, amount?: object): Promise<void> {
  await world.ask(authorizing('pm_card_visa', amount ? { amount } : {}))
  await world.ask(capturing())
}

const kindOf = ({ data }: { readonly data?: { refundOrder: { __typename: string } } }) =>
  data?.refundOrder.__typename

test('a part is refunded, then the rest, and then no more', async () => {
  await using shop = await paymentsWith()
  await captured(shop)

  const part = await shop.ask(refunding(1000, 'first'))
  const partly = await paymentIn(shop)
  const rest = await shop.ask(refunding(1599, 'second'))
  const more = await shop.ask(refunding(1, 'third'))

  assert.equal(kindOf(part), 'OrderRefunded')
  assert.equal(partly.state, 'PARTIALLY_REFUNDED')
  assert.equal(kindOf(rest), 'OrderRefunded')
  assert.deepEqual(more.data.refundOrder, {
    __typename: 'RefundTooLarge',
    refundable: { amountMinor: 0, currency: 'EUR' },
  })
  assert.equal((await paymentIn(shop)).state, 'REFUNDED')
  assert.deepEqual(shop.money(), { intents: ['succeeded'], captured: 2599, refunded: 2599 })
})

test('the same key again is the same refund', async () => {
  await using shop = await paymentsWith()
  await captured(shop)
  const first = await shop.ask(refunding(1000))

  const again = await shop.ask(refunding(1000))
  const otherwise = await shop.ask(refunding(1001))

  assert.deepEqual(again.data, first.data)
  assert.deepEqual(otherwise.codes, ['IDEMPOTENCY_CONFLICT'])
  assert.equal(shop.money().refunded, 1000)
})

test('of twenty refunds at once none passes the capture', async () => {
  await using shop = await paymentsWith({
    meeting: { at: 'update "payments" set "promised_minor" = "promised_minor"', of: 4 },
  })
  await captured(shop)

  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => shop.ask(refunding(300, `refund ${index}`))),
  )

  const kinds = answers.map(kindOf)
  assert.equal(kinds.filter((kind) => kind === 'OrderRefunded').length, 8)
  assert.equal(kinds.filter((kind) => kind === 'RefundTooLarge').length, 12)
  assert.equal(shop.money().refunded, 2400)
})

const balances = /* GraphQL */ `
  {
    ledgerBalances { account amount { amountMinor currency } }
    transactions(first: 100) { nodes { postings { amount { amountMinor } } } }
  }
`

/** Of 0, 2 and 3 digits; in dinars only whole tens can be charged. */
const amounts = fc.oneof(
  fc.record({ currency: fc.constant('JPY'), amountMinor: fc.integer({ min: 50, max: 900_000 }) }),
  fc.record({ currency: fc.constant('EUR'), amountMinor: fc.integer({ min: 50, max: 900_000 }) }),
  fc.integer({ min: 50, max: 90_000 }).map((tens) => ({ currency: 'KWD', amountMinor: tens * 10 })),
)

test('whatever is refunded in whatever currency, the ledger sums to zero and never passes the capture', async () => {
  await using shop = await paymentsWith()
  let run = 0

  await fc.assert(
    fc.asyncProperty(amounts, fc.array(fc.integer({ min: 1, max: 70 })), async (amount, parts) => {
      run += 1
      const order = `019a3c1e-7f00-7000-8000-${String(run).padStart(12, '0')}`
      const step = { key: `order:${order}:authorize`, order, amount }
      await shop.ask(authorizing('pm_card_visa', step))
      await shop.ask(capturing(`capture ${run}`, order))
      const before = shop.money()
      for (const [index, part] of parts.slice(0, 4).entries()) {
        const share = Math.max(10, Math.floor((amount.amountMinor * part) / 1000) * 10)
        const asked = refunding(share, `${run} ${index}`, order)
        const input = {
          ...(asked.variables?.input as object),
          amount: { ...amount, amountMinor: share },
        }
        await shop.ask({ ...asked, variables: { input } })
      }
      const { captured: all, refunded } = shop.money()
      assert.ok(refunded - before.refunded <= amount.amountMinor)
      assert.ok(refunded <= all)
    }),
    { numRuns: 25, seed: 7 },
  )

  const { data } = await shop.ask({ as: finance, query: balances })
  const sums = Map.groupBy(
    data.ledgerBalances as { amount: { amountMinor: number; currency: string } }[],
    ({ amount }) => amount.currency,
  )
  for (const rows of sums.values()) {
    assert.equal(
      rows.reduce((sum, { amount }) => sum + amount.amountMinor, 0),
      0,
    )
  }
  for (const { postings } of data.transactions.nodes) {
    const sum = postings.reduce(
      (so: number, { amount }: { amount: { amountMinor: number } }) => so + amount.amountMinor,
      0,
    )
    assert.equal(sum, 0)
  }
})

test('a posting is never changed, never taken away, and never comes alone', async () => {
  await using shop = await paymentsWith()
  await captured(shop)

  const changes = [
    'update postings set amount_minor = amount_minor + 1',
    'delete from postings',
    'update transactions set kind = kind',
    `insert into postings select id, 'provider', 'USD', 5 from transactions`,
    `with made as (insert into transactions values (gen_random_uuid(), 'CAPTURE', gen_random_uuid(),
      gen_random_uuid(), 'x', now()) returning id)
      insert into postings select id, 'provider', 'EUR', 5 from made`,
  ]

  for (const change of changes) await assert.rejects(shop.database.run(change), change)
})

test('a refund that the bank sends back later is owed again', async () => {
  await using shop = await paymentsWith()
  await shop.ask(authorizing('pm_card_refundFail'))
  await shop.ask(capturing())

  const { data } = await shop.ask(refunding(1000))

  assert.equal(data.refundOrder.__typename, 'OrderRefunded')
  assert.deepEqual(
    shop.double.store.all('refund').map(({ status }) => status),
    ['failed'],
  )
})
