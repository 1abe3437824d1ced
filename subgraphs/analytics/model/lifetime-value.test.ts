import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BadRows } from '@shop/kit/learn/refusals'
import { learnedCustomers, prospectOf } from './lifetime-value.ts'
import { dayMs, type Purchase, summaries } from './purchases.ts'
import { hypergeometric, logGamma } from './special-functions.ts'
import { expectedSpend } from './spend.ts'

const nowMs = 365 * dayMs

/** Regulars buy for 100 every ten days to the end; the lapsed bought as much until spring. */
const shop: Purchase[] = Array.from({ length: 60 }, (_, at) => {
  const visits = at % 3 === 0 ? 36 : at % 3 === 1 ? 9 : 1
  return Array.from({ length: visits }, (_, visit) => ({
    customer: `${['regular', 'lapsed', 'once'][at % 3]}-${at}`,
    atMs: (visit * 10 + (at % 7)) * dayMs,
    amount: 90 + (at % 20),
  }))
}).flat()

test('a regular is worth more than one who lapsed, and less likely gone', () => {
  const model = learnedCustomers(shop, nowMs)
  const rows = summaries(shop, nowMs)

  const of = (name: string) => {
    const row = rows.find(({ customer }) => customer.startsWith(name))
    assert.ok(row)
    return prospectOf(model, row, 30)
  }

  assert.ok(of('regular').value > 5 * of('lapsed').value)
  assert.ok(of('regular').churnRisk < 0.2 && of('lapsed').churnRisk > 0.9)
  assert.ok(Math.abs(of('regular').purchases - 3) < 0.6, `${of('regular').purchases}`)
})

test('one large order moves what is expected less than ten do', () => {
  const levels = { p: 6.25, q: 3.74, gamma: 15.45 }
  const spender = (repeats: number) =>
    expectedSpend(levels, { customer: 'ada', repeats, lastDays: 0, ageDays: 10, spend: 500 })

  // Equation 5 of Fader and Hardie (2013), by hand.
  assert.ok(Math.abs(spender(0) - (6.25 * (15.45 + 500)) / (6.25 + 2.74)) < 1e-9)
  assert.ok(spender(0) < spender(9) && spender(9) < 500)
})

test('the special functions are those of the tables', () => {
  assert.ok(Math.abs(logGamma(10) - Math.log(362_880)) < 1e-10)
  assert.ok(Math.abs(logGamma(0.5) - Math.log(Math.sqrt(Math.PI))) < 1e-10)
  assert.ok(Math.abs(hypergeometric([1, 1, 2], 0.5) - 2 * Math.log(2)) < 1e-10)
})

for (const [what, purchase] of Object.entries({
  'no customer': { customer: '', atMs: 0, amount: 1 },
  'no time': { customer: 'ada', atMs: Number.NaN, amount: 1 },
  'an amount below 0': { customer: 'ada', atMs: 0, amount: -1 },
  'an infinite amount': { customer: 'ada', atMs: 0, amount: Infinity },
})) {
  test(`a purchase with ${what} is refused`, () =>
    assert.throws(() => summaries([purchase], nowMs), BadRows))
}

test('no purchases, and days that are none, are refused by a code', () => {
  assert.throws(() => learnedCustomers([], nowMs), BadRows)
  const [row] = summaries(shop, nowMs)
  assert.ok(row)
  assert.throws(() => prospectOf(learnedCustomers(shop, nowMs), row, Number.NaN), BadRows)
})
