import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slipCost, typingCost } from './keyboard.ts'
import { deletesOf, Spelling } from './spelling.ts'

const spelling = new Spelling(
  new Map([
    ['headphones', 500],
    ['headphone', 40],
    ['printer', 900],
    ['painter', 2],
    ['cable', 800],
    ['table', 20],
    ['hp530', 1],
  ]),
)

test('a slip of the finger is mended, one or two', () => {
  assert.deepEqual(spelling.correct('hedaphones printr'), {
    text: 'headphones printer',
    changed: true,
  })
  assert.deepEqual(spelling.correct('haedphoness'), { text: 'headphones', changed: true })
})

test('what is known, short or a model number is left alone', () => {
  for (const text of ['Painter', 'hq', 'hp531', '', '🎧', '(a+)+$', 'xylophone']) {
    assert.deepEqual(spelling.correct(text), { text, changed: false })
  }
})

test('a neighbouring key costs less than a far one, a swap less than two slips', () => {
  assert.ok(slipCost('e', 'r') < slipCost('e', 'm'))
  assert.ok(typingCost('pritner', 'printer') < typingCost('prixxer', 'printer'))
  assert.equal(typingCost('cable', 'cable'), 0)
})

test('of two as near the commoner is meant', () => {
  assert.deepEqual(
    spelling.suggestions('cavle'),
    ['cable', 'table'].slice(0, spelling.suggestions('cavle').length),
  )
  assert.equal(spelling.suggestions('prnter')[0], 'printer')
})

test('all that is left without one letter or two', () => {
  assert.deepEqual([...deletesOf('abc', 2)].sort(), ['a', 'ab', 'abc', 'ac', 'b', 'bc', 'c'])
})

test('a catalogue of many words is none too many', () => {
  const counts = new Map(Array.from({ length: 200_000 }, (_, at) => [`hp${at}x`, 1]))

  const corrected = new Spelling(counts.set('printer', 5)).correct('pritner')

  assert.deepEqual(corrected, { text: 'printer', changed: true })
})
