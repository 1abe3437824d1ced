import assert from 'node:assert/strict'
import { test } from 'node:test'
import { basketRules } from './basket-rules.ts'
import { cohorts } from './cohorts.ts'
import { dayMs } from './purchases.ts'
import { rfmSegments } from './segments.ts'

const customers = Array.from({ length: 100 }, (_, at) => ({
  customer: `customer-${at}`,
  repeats: at,
  lastDays: 300 + at,
  ageDays: 400,
  spend: 10 + at,
}))

test('who buys lately, often and much is a champion; who did not for long hibernates', () => {
  const segments = rfmSegments(customers)

  assert.deepEqual(segments[99], {
    customer: 'customer-99',
    recency: 5,
    frequency: 5,
    monetary: 5,
    segment: 'CHAMPION',
  })
  assert.equal(segments[1]?.segment, 'HIBERNATING')
  const fifth = segments.filter(({ recency }) => recency === 5)
  assert.equal(fifth.length, 20)
})

test('a first purchase of late is of a new customer, and a good one of long ago is at risk', () => {
  const odd = [
    { ...customers[0], customer: 'new', repeats: 0, lastDays: 399, ageDays: 400, spend: 5 },
    { ...customers[0], customer: 'lost', repeats: 200, lastDays: 1, ageDays: 400, spend: 500 },
  ] as typeof customers

  const segments = rfmSegments([...customers, ...odd]).slice(-2)

  assert.deepEqual(
    segments.map(({ segment }) => segment),
    ['NEW', 'AT_RISK'],
  )
})

test('nobody has no segments, and one customer has one', () => {
  assert.deepEqual(rfmSegments([]), [])
  assert.equal(rfmSegments(customers.slice(0, 1)).length, 1)
})

test('a cohort tells who of a month came back in each month after', () => {
  const at = (iso: string) => Date.parse(iso)
  const bought = (customer: string, iso: string) => ({ customer, atMs: at(iso), amount: 1 })

  const table = cohorts(
    [
      bought('ada', '2026-01-05'),
      bought('ben', '2026-01-31T23:59:59Z'),
      bought('ada', '2026-03-01'),
      bought('eve', '2026-03-02'),
      bought('fay', '2026-05-01'),
    ],
    at('2026-03-31'),
  )

  assert.deepEqual(table, [
    { month: '2026-01', customers: 2, retained: [1, 0, 0.5] },
    { month: '2026-03', customers: 1, retained: [1] },
  ])
  assert.deepEqual(cohorts([], dayMs), [])
})

test('a planted bundle is the first rule, and what is in every basket is none', () => {
  const baskets = Array.from({ length: 300 }, (_, at) => [
    'bag',
    `item-${at % 30}`,
    ...(at % 10 === 0 ? ['tent', 'pegs'] : []),
  ])

  const rules = basketRules(baskets, { support: 0.05, confidence: 0.6, most: 2 })

  assert.deepEqual(new Set(rules.map(({ so }) => so)), new Set(['tent', 'pegs']))
  assert.ok(rules.every(({ lift, confidence }) => Math.abs(lift - 10) < 1e-9 && confidence === 1))
})
