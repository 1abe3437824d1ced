import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Money } from '@shop/kit/money'
import { wish } from '@shop/kit/testing'
import fc from 'fast-check'
import { type Posting, transactionOf } from '../domain/ledger.ts'
import { refundableOf } from '../domain/payment.ts'
import { stateOf } from '../domain/payment-state.ts'
import {
  authorizing,
  capturing,
  finance,
  noon,
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

/** `REFUND_RUNS=10000` has as many payments refunded in the database. */
const numRuns = Number(wish('REFUND_RUNS') ?? 25)

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

const promised = fc.record({
  amountMinor: fc.integer({ min: 1, max: 400_000 }),
  /** It went, the bank refused it, or it came back later. */
  end: fc.constantFrom('gone', 'gone', 'refused', 'returned'),
})

interface Promised {
  readonly amountMinor: number
  readonly end: string
}

/** A capture and what was given back of it, as far as there was something left. */
function givenBack({ amountMinor: captured, currency }: Money, asked: readonly Promised[]) {
  const of = { payment: { id: 'p', orderId: 'o', currency }, reference: 'r', at: noon }
  const written = [transactionOf({ ...of, kind: 'CAPTURE', amountMinor: captured })]
  const payment = { capturedMinor: captured, promisedMinor: 0, refundedMinor: 0 }
  for (const { amountMinor, end } of asked) {
    if (amountMinor > refundableOf(payment) || end === 'refused') continue
    written.push(transactionOf({ ...of, kind: 'REFUND', amountMinor }))
    if (end === 'returned') {
      written.push(transactionOf({ ...of, kind: 'REFUND_RETURNED', amountMinor }))
    } else {
      payment.promisedMinor += amountMinor
      payment.refundedMinor += amountMinor
    }
  }
  return { payment, postings: written.flatMap((each) => each.postings) }
}

function balanceOf(postings: readonly Posting[], name: string): number {
  const own = postings.filter(({ account }) => account === name)
  return own.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

test('of 10,000 payments in whatever currency the postings sum to zero, and say what is left', () => {
  fc.assert(
    fc.property(amounts, fc.array(promised, { maxLength: 12 }), (amount, asked) => {
      const { payment, postings } = givenBack(amount, asked)

      const [left, sold, back] = ['provider', 'sales', 'refunds'].map((account) =>
        balanceOf(postings, account),
      ) as [number, number, number]
      assert.deepEqual(
        new Set(postings.map(({ currency }) => currency)),
        new Set([amount.currency]),
      )
      assert.deepEqual([left, sold], [refundableOf(payment), -amount.amountMinor])
      assert.equal(left + sold + back, 0)
      assert.ok(left >= 0 && back >= 0)
      const partly = left > 0 ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
      assert.equal(stateOf('CAPTURED', payment), back === 0 ? 'CAPTURED' : partly)
    }),
    { numRuns: 10_000 },
  )
})

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
    { numRuns, seed: 7 },
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
