import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Rule, ruled } from './rules.ts'

const rules: readonly Rule[] = [
  { name: 'look at large', action: 'review', when: [{ field: 'amount', is: 'above', value: 500 }] },
  { name: 'stop the risky', action: 'block', when: [{ field: 'chance', is: 'above', value: 0.9 }] },
  {
    name: 'trust friends',
    action: 'allow',
    when: [{ field: 'customer', is: 'in', value: ['ada'] }],
  },
  {
    name: 'ask the bank abroad',
    action: 'three-d-secure',
    when: [
      { field: 'country', is: 'different', value: 'DE' },
      { field: 'guest', is: 'equal', value: true },
    ],
  },
]

test('allow goes before block, block before review, and 3D Secure beside them', () => {
  const large = { amount: 900, chance: 0.95, country: 'FR', guest: true }

  assert.deepEqual(ruled(rules, { ...large, customer: 'ada' }), {
    action: 'allow',
    threeDSecure: true,
    rules: ['ask the bank abroad', 'trust friends'],
  })
  assert.deepEqual(ruled(rules, large).action, 'block')
  assert.deepEqual(ruled(rules, { amount: 900, chance: 0.1 }).rules, ['look at large'])
})

test('what is missing, or of another kind, is true of no rule', () => {
  const nothing = { action: undefined, threeDSecure: false, rules: [] }

  assert.deepEqual(ruled(rules, {}), nothing)
  assert.deepEqual(ruled(rules, { amount: '900', chance: Number.NaN, guest: 1 }), nothing)
  assert.deepEqual(ruled([], { amount: 900 }), nothing)
})
