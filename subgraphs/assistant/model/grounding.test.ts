import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Evidence } from './evidence.ts'
import { groundedIn } from './grounding.ts'

const evidence: Evidence[] = [
  { id: 'a', source: 'description', title: 'Lamp', text: 'The lamp weighs 900 grams.' },
  { id: 'b', source: 'description', title: 'Lamp', text: 'It is not waterproof. Made by Acme.' },
  { id: 'c', source: 'attribute', title: 'Lamp', text: 'color:  { value:"white" }' },
]
const kept = (text: string, ...citations: string[]) =>
  groundedIn([{ text, citations }], evidence).length === 1

test('what a source says stands', () => {
  assert.ok(kept('The lamp weighs 900 grams.', 'a'))
  assert.ok(kept('The lamp is not waterproof.', 'b'))
  assert.ok(kept('The color is white.', 'c'))
})

const lies: [string, string, string[]][] = [
  ['a figure that is in no source', 'The lamp weighs 950 grams.', ['a']],
  ['a figure of another source', 'The lamp weighs 900 grams.', ['b']],
  ['a figure beside the right one', 'The lamp weighs 900 grams or 2 pounds.', ['a']],
  ['a name', 'The lamp is made by Globex.', ['b']],
  ['yes for no', 'It is waterproof.', ['b']],
  ['no for yes', 'The lamp never weighs 900 grams.', ['a']],
  ['no citation', 'The lamp weighs 900 grams.', []],
  ['a citation that was not retrieved', 'The lamp weighs 900 grams.', ['order-of-ben']],
  ['one of two that was not', 'The lamp weighs 900 grams.', ['a', 'x']],
  ['a link', 'The lamp weighs 900 grams, see https://evil.example', ['a']],
  ['a bare domain', 'The lamp weighs 900 grams evil.shop', ['a']],
  ['other words', 'Delivery to the moon is free.', ['a']],
  ['words only', 'The lamp has a warranty of two years.', ['a']],
  ['nothing at all', ' ', ['a']],
]
for (const [what, text, citations] of lies) {
  test(`a sentence falls for ${what}`, () => assert.equal(kept(text, ...citations), false))
}
