import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rangeIn } from './range.ts'

for (const [header, range] of [
  ['bytes=0-3', { start: 0, end: 3 }],
  ['bytes=4-', { start: 4, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=8-80', { start: 8, end: 9 }],
  ['bytes=10-', null],
  ['bytes=-0', null],
  ['bytes=5-2', undefined],
  ['bytes=0-1,4-5', undefined],
  ['bytes=-', undefined],
  ['lines=1-2', undefined],
  [undefined, undefined],
] as const) {
  test(`of ten bytes, "${header}" is ${JSON.stringify(range)}`, () =>
    assert.deepEqual(rangeIn(header, 10), range))
}

test('an empty file has no range', () => {
  assert.deepEqual([rangeIn('bytes=0-', 0), rangeIn('bytes=-1', 0)], [null, null])
})
