import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocated, amountFrom, decimalText, formatted, minorDigits, shareOf } from './money.ts'

test('an amount is shown with the digits of its currency', () => {
  assert.equal(formatted({ amountMinor: 1999, currency: 'EUR' }), '€19.99')
  assert.equal(formatted({ amountMinor: 1999, currency: 'JPY' }), '¥1,999')
  assert.equal(formatted({ amountMinor: 1999, currency: 'KWD' }, 'nonsense!'), 'KWD\u00a01.999')
  assert.equal(formatted({ amountMinor: 2 ** 53 - 1, currency: 'EUR' }), '€90,071,992,547,409.91')
})

test('what is written is read back, and what is no amount is refused', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
      assert.equal(amountFrom(decimalText(amount, minorDigits(currency)), currency), amount)
    }),
  )
  const refused = ['', '-1', '1e3', '1,5', '1.999', 'NaN', ' ', '1.']
  assert.deepEqual(
    refused.map((text) => amountFrom(text, 'EUR')),
    refused.map(() => null),
  )
})

test('a share is rounded half away from zero', () => {
  assert.deepEqual(
    [1, 3, -1, -3].map((amount) => shareOf(amount, 5000)),
    [1, 2, -1, -2],
  )
})

test('parts sum to the whole, and none is more than a unit from its due', () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(fc.integer(), weights, (amount, given) => {
      const parts = allocated(amount, given)

      assert.equal(
        parts.reduce((sum, part) => sum + part, 0),
        amount,
      )
      const total = given.reduce((sum, weight) => sum + weight, 0)
      if (total === 0) return
      for (const [index, part] of parts.entries()) {
        assert.ok(Math.abs(part - (amount * (given[index] ?? 0)) / total) < 1.001)
      }
    }),
  )
})
