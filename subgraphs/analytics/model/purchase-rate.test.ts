import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import { BadRows } from '@shop/kit/learn/refusals'
import { chanceAlive, expectedPurchases, learnedRates } from './purchase-rate.ts'
import type { Summary } from './purchases.ts'

/** What Fader, Hardie and Lee (2005) found in the CDNOW customers. */
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }

const customer = (repeats: number, lastWeeks: number, ageWeeks: number): Summary => ({
  customer: 'ada',
  repeats,
  lastDays: lastWeeks * 7,
  ageDays: ageWeeks * 7,
  spend: 10,
})

test('the example of the paper is met to its last digit', () => {
  const expected = expectedPurchases(published, customer(2, 30.43, 38.86), 39 * 7)

  assert.ok(Math.abs(expected - 1.226) < 0.0005, `${expected}`)
})

test('the longer a regular customer stays away, the likelier they have left', () => {
  const chances = [40, 50, 80].map((weeks) => chanceAlive(published, customer(20, 40, weeks)))

  assert.deepEqual(chances, chances.toSorted().toReversed())
  assert.ok(chances.every((chance) => chance > 0 && chance <= 1))
  assert.equal(chanceAlive(published, customer(0, 0, 50)), 1)
})

test('what made customers of chance is found in them', () => {
  const random = randomFrom(7)
  const made = Array.from({ length: 1500 }, () => madeCustomer(random))

  const rates = learnedRates(made)

  // Buying 0.5 times a week on average, and leaving after a quarter of purchases.
  assert.ok(Math.abs(rates.r / rates.alpha - 0.5) < 0.05, JSON.stringify(rates))
  assert.ok(Math.abs(rates.a / (rates.a + rates.b) - 0.25) < 0.04, JSON.stringify(rates))
  assert.deepEqual(learnedRates(made), rates)
})

test('where nobody came back there is nothing to learn', () => {
  assert.throws(() => learnedRates([customer(0, 0, 10)]), BadRows)
  assert.throws(() => learnedRates([]), BadRows)
})

/** Two rates, 0.25 and 0.75 a week, and two ways of leaving, 0.1 and 0.4, over a year. */
function madeCustomer(random: Random): Summary {
  const rate = random.next() < 0.5 ? 0.25 : 0.75
  const leaving = random.next() < 0.5 ? 0.1 : 0.4
  let [now, repeats, last] = [0, 0, 0]
  for (;;) {
    now -= Math.log(1 - random.next()) / rate
    if (now > 52) break
    repeats += 1
    last = now
    if (random.next() < leaving) break
  }
  return customer(repeats, last, 52)
}
