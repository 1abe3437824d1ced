import assert from 'node:assert/strict'
import { test } from 'node:test'
import { associationRules } from './association-rules.ts'
import { frequentItemSets } from './item-sets.ts'
import { randomFrom } from './random.ts'
import { BadRows } from './refusals.ts'

// The example of Agrawal and Srikant (1994), section 2.1.2, at a support of two baskets of four.
const published = [
  ['1', '3', '4'],
  ['2', '3', '5'],
  ['1', '2', '3', '5'],
  ['2', '5'],
]

test('the item sets of the published example are found, each once', () => {
  const sets = frequentItemSets(published, { support: 0.5 })

  assert.deepEqual(
    sets.map(({ items, count }) => `${items.join('')}:${count}`),
    ['1:2', '13:2', '2:3', '23:2', '235:2', '25:3', '3:3', '35:2', '5:3'],
  )
})

test('what counting every set by hand finds is found, in baskets of chance', () => {
  const random = randomFrom(4)
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const baskets = Array.from({ length: 150 }, () => names.filter(() => random.next() < 0.4))

  const sets = frequentItemSets(baskets, { support: 0.05 })

  const every = Array.from({ length: 2 ** 7 - 1 }, (_, bits) =>
    names.filter((_, at) => ((bits + 1) >> at) & 1),
  )
  const counted = every
    .map((items) => ({
      items,
      count: baskets.filter((basket) => items.every((item) => basket.includes(item))).length,
    }))
    .filter(({ count }) => count >= 8)
  const named = (list: typeof counted) => list.map(({ items, count }) => `${items}:${count}`).sort()
  assert.deepEqual(named(sets as typeof counted), named(counted))
})

test('a planted bundle is the strongest rule', () => {
  const random = randomFrom(9)
  const names = Array.from({ length: 40 }, (_, at) => `item-${at}`)
  const baskets = Array.from({ length: 2000 }, (_, at) => {
    const chance = names.filter(() => random.next() < 0.05)
    return at % 20 === 0 ? [...new Set([...chance, 'tent', 'pegs', 'mallet'])] : chance
  })

  const sets = frequentItemSets(baskets, { support: 0.02 })
  const rules = associationRules(sets, { baskets: 2000, confidence: 0.8 })

  assert.deepEqual(
    rules.filter(({ given }) => given.length === 2).map(({ so }) => so),
    ['mallet', 'pegs', 'tent'],
  )
  assert.ok(rules.every(({ lift, confidence }) => confidence === 1 && lift === 20))
})

test('no baskets have no sets, and an item named twice in a basket counts once', () => {
  assert.deepEqual(frequentItemSets([], { support: 0.1 }), [])
  assert.deepEqual(frequentItemSets([['a', 'a']], { support: 1 }), [{ items: ['a'], count: 1 }])
})

for (const support of [0, -1, Number.NaN, 2]) {
  test(`a support of ${support} is refused`, () =>
    assert.throws(() => frequentItemSets([['a']], { support }), BadRows))
}

test('more sets than were allowed are refused, before they fill the memory', () => {
  const basket = Array.from({ length: 30 }, (_, at) => `item-${at}`)

  assert.throws(
    () => frequentItemSets([basket], { support: 1, longest: 30, most: 10_000 }),
    /more than 10000/,
  )
})
