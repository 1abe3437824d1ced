import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Costs, cheapest, thresholdsAt } from './thresholds.ts'

const costs: Costs = { chargebackFee: 1500, refusedShare: 0.3, review: 300, caughtByReview: 0.8 }

test('the same chance is let through when cheap, looked at when dear', () => {
  assert.equal(cheapest(0.05, 500, costs), 'allow')
  assert.equal(cheapest(0.05, 50_000, costs), 'review')
  assert.equal(cheapest(0.9, 50_000, costs), 'block')
  assert.equal(cheapest(0, 1e9, costs), 'allow')
})

test('thresholds are where the cheapest decision changes', () => {
  for (const amount of [100, 500, 2000, 10_000, 200_000]) {
    const { review, block } = thresholdsAt(amount, costs)

    assert.equal(cheapest(review - 1e-9, amount, costs), 'allow')
    assert.equal(cheapest(block + 1e-9, amount, costs), 'block')
    if (review < block) assert.equal(cheapest((review + block) / 2, amount, costs), 'review')
  }
})
