import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phrasesOf } from './phrases.ts'
import { Suggestions } from './suggestions.ts'

const suggestions = new Suggestions([
  { text: 'usb cable', popularity: 5 },
  { text: 'usb hub', popularity: 9 },
  { text: 'Café table', popularity: 1 },
  { text: 'powered usb hub', popularity: 2 },
])

test('the most popular that begin so come first, then those with a later word', () => {
  assert.deepEqual(suggestions.complete('US'), ['usb hub', 'usb cable', 'powered usb hub'])
  assert.deepEqual(suggestions.complete('usb h'), ['usb hub', 'powered usb hub'])
  assert.deepEqual(suggestions.complete('usb', 1), ['usb hub'])
  assert.deepEqual(suggestions.complete('cafe'), ['Café table'])
})

test('nothing comes of nothing, noise or a page', () => {
  for (const typed of ['', '  ', '🎧', '.*', 'x'.repeat(10_000_000)]) {
    assert.deepEqual(suggestions.complete(typed), [])
  }
})

test('phrases are runs that several titles share', () => {
  const phrases = phrasesOf(['HP USB hub, black', 'Anker USB hub 4', 'Windows 10'], {
    fewest: 2,
    most: 10,
  })

  assert.deepEqual(
    phrases.map(({ text }) => text),
    ['usb hub', 'hub', 'usb'],
  )
})
