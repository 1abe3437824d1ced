import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkDigitOf, gtinOf } from './gtin.ts'

test('the check digit is that of GS1', () => {
  // The example of the General Specifications, and a book's ISBN-13.
  assert.equal(checkDigitOf('629104150021'), 3)
  assert.equal(checkDigitOf('978030640615'), 7)
})

test('a GTIN has thirteen digits and the prefix of nobody', () => {
  assert.equal(gtinOf(0), '2000000000008')
  assert.match(gtinOf(11_999_999), /^20\d{11}$/)
})
