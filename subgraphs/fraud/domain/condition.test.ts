import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conditionFrom, isRefused } from './condition.ts'
import type { Features } from './features.ts'

const order: Features = {
  total: 120.5,
  is_guest: true,
  email_verified: null,
  account_age_days: null,
  shipping_country: 'DE',
  orders_of_card_1h: 4,
}

function asked(text: string): boolean | null {
  const read = conditionFrom(text)
  if (isRefused(read)) throw new Error(read.reason)
  return read(order)
}

const answers: [text: string, answer: boolean | null][] = [
  ['total >= 120.5', true],
  ['total > 120.5 or is_guest', true],
  ["shipping_country in ('FR', 'DE') and not (total < 100)", true],
  ["shipping_country != 'DE'", false],
  ['is_guest = false', false],
  ['is_guest and total > 500 or orders_of_card_1h = 4', true],
  ['is_guest and (total > 500 or orders_of_card_1h = 3)', false],
  // What is not known is neither: one known false settles an "and", one known true an "or".
  ['email_verified', null],
  ['not email_verified', null],
  ['account_age_days < 3 and is_guest', null],
  ['account_age_days < 3 and total > 500', false],
  ['account_age_days < 3 or is_guest', true],
]

for (const [text, answer] of answers) {
  test(`${text} is ${answer}`, () => assert.equal(asked(text), answer))
}

const refusals: [text: string, reason: string, at: number][] = [
  ['', 'There is no feature "".', 0],
  ['totl > 3', 'There is no feature "totl".', 0],
  ["total > '3'", 'Here should be a number.', 8],
  ['shipping_country > 3', '">" is not for "shipping_country".', 17],
  ['total', '"total" has to be compared with something.', 5],
  ['(total > 3', 'Here should be ")".', 10],
  ['total > 3 total < 9', 'Here should be "and", "or" or the end.', 10],
  ['process.exit()', 'This is not understood.', 7],
  ['total > 3; drop table rules', 'This is not understood.', 9],
  [`${'not '.repeat(30)}is_guest`, 'This is too deep.', 84],
  [`${'('.repeat(1001)}`, 'At most 1000 characters.', 1000],
]

for (const [text, reason, at] of refusals) {
  test(`${text.slice(0, 40)} is refused`, () =>
    assert.deepEqual(conditionFrom(text), { kind: 'FraudConditionRefused', reason, at }))
}

test('names of the language are no features', () => {
  for (const name of ['constructor', '__proto__', 'hasownproperty', 'tostring']) {
    assert.ok(isRefused(conditionFrom(`${name} = 1`)), name)
  }
})
