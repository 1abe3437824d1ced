import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isModelNumber, longestText, tokensOf } from './tokens.ts'

const words = (text: string) => tokensOf(text).map((token) => token.text)

test('letters are folded as Unicode has it', () => {
  assert.deepEqual(words('Café STRASSE Straße Ångström ﬁne'), [
    'cafe',
    'strasse',
    'strasse',
    'angstrom',
    'fine',
  ])
})

test('a measure is one word, however it is written', () => {
  assert.deepEqual(words('43,2 cm (17") 17 inch 500 GB 2TB'), [
    '43.2cm',
    '17in',
    '17in',
    '500gb',
    '2tb',
  ])
})

test('a model number is a word, and so are its parts', () => {
  assert.deepEqual(tokensOf('dv7-1211ea Wi-Fi'), [
    { text: 'dv71211ea', parts: ['dv7', '1211ea'] },
    { text: 'wifi', parts: ['wi', 'fi'] },
  ])
  assert.deepEqual(['dv71211ea', '77487293', 'notebook', '2020'].map(isModelNumber), [
    true,
    true,
    false,
    false,
  ])
})

test('what is no word is nothing, and a page is cut', () => {
  assert.deepEqual(words('\u0000\u001b[31m 🎧🎧 \ud800 (((*+?'), ['31m'])
  assert.deepEqual(words('日本語 наушники'), ['日本語', 'наушники'])
  assert.equal(words('a '.repeat(10_000_000)).length, longestText / 2)
})
