import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from './decide.ts'
import type { ReadRule, RuleAction } from './rules.ts'
import { scorecard } from './scorecard.ts'

const thresholds = { threeDSecureAt: 40, reviewAt: 65, rejectAt: 85, version: 1 }

const rule = (action: RuleAction, isTrue: boolean | null = true): ReadRule => ({
  label: action,
  action,
  isTrue: () => isTrue,
})

const scoring = (score: number) => ({
  model: { name: 'made up', version: '1' },
  score: () => ({ score, confidence: 0.5, reasons: ['LARGE'] }),
})

const decidedBy = (score: number, ...rules: ReadRule[]) => {
  const { decision, rules: labels } = decide({ rules, thresholds }, {}, scoring(score))
  return [decision, labels]
}

test('without a rule the score decides', () => {
  assert.deepEqual(
    [0, 39, 40, 64, 65, 84, 85, 100].map((score) => decidedBy(score)[0]),
    ['ALLOW', 'ALLOW', 'REQUIRE_3DS', 'REQUIRE_3DS', 'REVIEW', 'REVIEW', 'REJECT', 'REJECT'],
  )
})

test('an allow goes before a block, a block before a review, and each before the score', () => {
  const [allow, block, review] = [rule('ALLOW'), rule('BLOCK'), rule('REVIEW')]

  assert.deepEqual(decidedBy(100, review, block, allow), ['ALLOW', ['ALLOW']])
  assert.deepEqual(decidedBy(0, review, block), ['REJECT', ['BLOCK']])
  assert.deepEqual(decidedBy(0, review), ['REVIEW', ['REVIEW']])
})

test('the bank is asked beside an allow, and not of who is held or refused', () => {
  const bank = rule('THREE_D_SECURE')

  assert.deepEqual(decidedBy(0, bank), ['REQUIRE_3DS', ['THREE_D_SECURE']])
  assert.deepEqual(decidedBy(100, bank, rule('ALLOW')), [
    'REQUIRE_3DS',
    ['THREE_D_SECURE', 'ALLOW'],
  ])
  assert.deepEqual(decidedBy(0, bank, rule('BLOCK')), ['REJECT', ['THREE_D_SECURE', 'BLOCK']])
})

test('what is not known makes no rule true', () => {
  assert.deepEqual(decidedBy(0, rule('BLOCK', null)), ['ALLOW', []])
})

test('however often something comes, it asks the bank at most', () => {
  const busy = { previous_orders: 0, is_guest: true, orders_of_client_1h: 5000 }
  const every = {
    ...busy,
    failures_of_email_1d: 50,
    failures_of_device_1d: 50,
    emails_of_card_30d: 90,
    cards_of_email_30d: 90,
    orders_of_card_1h: 900,
    orders_of_email_1h: 900,
    emails_of_device_30d: 90,
  }

  assert.equal(scorecard.score(every).score, 38)
  assert.deepEqual(scorecard.score(busy).reasons, ['CLIENT_OFTEN', 'NEW_ACCOUNT', 'FIRST_ORDER'])
})

test('a score made in the dark has no confidence', () => {
  assert.deepEqual(scorecard.score({}), { score: 0, confidence: 0, reasons: [] })
})
