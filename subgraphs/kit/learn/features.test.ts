import assert from 'node:assert/strict'
import { test } from 'node:test'
import { categoriesIn, columnNames, rowFrom, type Schema, unreadIn } from './features.ts'

const schema: Schema = [
  { name: 'amount', kind: 'number' },
  { name: 'guest', kind: 'flag' },
  { name: 'country', kind: 'category', values: ['DE', 'FR'] },
  { name: 'device', kind: 'one-hot', values: ['phone', 'tablet'] },
  { name: 'mail', kind: 'mapped', numbers: { 'mail.example': 0.2 }, otherwise: 0.1 },
]

test('a record becomes a row, a column for each name', () => {
  const record = { amount: 3, guest: true, country: 'FR', device: 'tablet', mail: 'mail.example' }

  assert.deepEqual(rowFrom(schema, record), [3, 1, 1, 0, 1, 0.2])
  const names = ['amount', 'guest', 'country', 'device=phone', 'device=tablet', 'mail']
  assert.deepEqual(columnNames(schema), names)
  assert.deepEqual(unreadIn(schema, record), [])
})

const unknown = [Number.NaN, Number.NaN, Number.NaN, 0, 0, 0.1]
const broken = {
  'nothing at all': {},
  'values of other kinds': { amount: '3', guest: 1, country: 7, device: [], mail: {} },
  'numbers that are none': { amount: Infinity, guest: null, country: Number.NaN },
  'categories never seen': { country: 'XX', device: 'toaster', mail: 'constructor' },
  'ten megabytes': { country: 'x'.repeat(10_000_000), mail: 'x'.repeat(10_000_000) },
}

for (const [name, record] of Object.entries(broken)) {
  test(`${name}: missing, and told`, () => {
    assert.deepEqual(rowFrom(schema, record), unknown)
    assert.deepEqual(unreadIn(schema, record), ['amount', 'guest', 'country', 'device', 'mail'])
  })
}

test('categories are those that come often enough', () =>
  assert.deepEqual(categoriesIn(['b', 'a', 'b', 'a', 'c'], 2), ['a', 'b']))
