import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowOf } from '@shop/kit/learn/matrix'
import { type Payment, simulatedPayments } from './generator.ts'
import { cardPrecision } from './handbook.ts'
import { madeSignUps } from './made-sign-ups.ts'
import { type Order, orderColumns, orderStory } from './orders.ts'
import { PaymentStory, paymentColumns } from './payments.ts'
import { signUpStory } from './sign-ups.ts'
import { type Labelled, replayed } from './story.ts'

const world = { customers: 60, terminals: 100, days: 40, radius: 20 }
const payments = simulatedPayments({ ...world, seed: 1 }).map(
  (event): Labelled<Payment> => ({ event, label: event.scenario > 0 ? 1 : 0, training: true }),
)
const orders = madeSignUps(400, 2).map(
  ({ event, ...rest }): Labelled<Order> => ({
    ...rest,
    event: {
      at: event.at,
      customer: event.email,
      address: event.address,
      device: 'phone',
      category: 'mugs',
      amount: 1 + (event.email.length % 7),
      merchant: 'shop',
    },
  }),
)

const stories = {
  'sign-ups': () => replayed(signUpStory(), madeSignUps(400, 1)),
  orders: () =>
    replayed(
      orderStory((_, amount) => amount),
      orders,
    ),
  payments: () => replayed(new PaymentStory(), payments),
}

for (const [name, rows] of Object.entries(stories)) {
  test(`the same ${name} are the same rows`, () =>
    assert.deepEqual([...rows().values], [...rows().values]))
}

test('a column for each name', () => {
  assert.equal(
    replayed(
      orderStory(() => 0),
      orders,
    ).columns,
    orderColumns.length,
  )
  assert.equal(replayed(new PaymentStory(), payments).columns, paymentColumns.length)
})

/** The rows until `until`, as they are with all labels of later days turned round. */
function turned<E extends { at: number }>(events: readonly Labelled<E>[], until: number) {
  return events.map((each) =>
    each.event.at < until
      ? each
      : { ...each, label: each.label === 1 ? (0 as const) : (1 as const) },
  )
}

test('no row knows a label of the week before it, nor anything later', () => {
  const signUps = madeSignUps(2000, 3)
  // A little later, because a label of exactly a week before is known.
  const until = (signUps[1500]?.event.at ?? 0) - 7 + 1e-6

  const own = replayed(signUpStory(), signUps)
  const other = replayed(signUpStory(), turned(signUps, until))
  const cut = replayed(signUpStory(), signUps.slice(0, 1501))

  for (let row = 0; row <= 1500; row += 1)
    assert.deepEqual([...rowOf(other, row)], [...rowOf(own, row)])
  assert.deepEqual([...rowOf(cut, 1500)], [...rowOf(own, 1500)])
  assert.notDeepEqual([...other.values], [...own.values])
})

test('payments know no label of the week before them', () => {
  const own = replayed(new PaymentStory(), payments)
  const other = replayed(new PaymentStory(), turned(payments, 20))

  const before = payments.filter(({ event }) => event.at < 27).length
  for (let row = 0; row < before; row += 1)
    assert.deepEqual([...rowOf(other, row)], [...rowOf(own, row)])
  assert.notDeepEqual([...other.values], [...own.values])
})

test('the world has its three kinds of fraud, in order, the same for a seed', () => {
  const again = simulatedPayments({ ...world, seed: 1 })

  assert.deepEqual(
    again,
    payments.map(({ event }) => event),
  )
  assert.deepEqual(
    again.toSorted((a, b) => a.at - b.at),
    again,
  )
  const kinds = new Set(simulatedPayments({ ...world, customers: 600, seed: 2 }).map(kind))
  assert.deepEqual([...kinds].toSorted(), [0, 1, 2, 3])
})

const kind = ({ scenario }: Payment) => scenario

test('of the cards of a day the first are looked at, and a found one is not looked at again', () => {
  const paid = (at: number, customer: number, scenario: 0 | 1): Payment => ({
    at,
    customer,
    terminal: 1,
    amount: 1,
    scenario,
  })
  const days = [paid(0.1, 1, 1), paid(0.2, 2, 0), paid(1.1, 1, 1), paid(1.2, 3, 0), paid(1.3, 4, 1)]

  assert.deepEqual(cardPrecision(days, [5, 4, 9, 1, 2], 1), [1, 1])
  assert.deepEqual(cardPrecision(days, [4, 5, 9, 2, 1], 1), [0, 1])
})
