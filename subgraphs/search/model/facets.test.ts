import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { Bitset } from './bitset.ts'
import { Facets } from './facets.ts'

test('a set of bits is a set', () => {
  const random = randomFrom(3)
  const draw = () => new Set(Array.from({ length: 300 }, () => random.below(1000)))
  const [a, b] = [draw(), draw()]
  const bits = (set: Set<number>) => {
    const made = new Bitset()
    for (const at of set) made.add(at)
    return made
  }

  const both = [...a].filter((at) => b.has(at)).sort((x, y) => x - y)
  assert.deepEqual([...bits(a).and(bits(b)).members()], both)
  assert.equal(bits(a).countWith(bits(b)), both.length)
  assert.equal(bits(a).or(bits(b)).count(), new Set([...a, ...b]).size)
  assert.equal(bits(a).has(100_000), false)
})

test('filters and counts are those of a plain loop over the rows', () => {
  const random = randomFrom(4)
  const rows = Array.from({ length: 500 }, () => ({
    facets: { colour: [['red', 'blue', 'green'][random.below(3)] as string] },
    numbers: random.below(5) === 0 ? {} : { price: random.below(1000) },
  }))
  const facets = new Facets()
  for (const [at, row] of rows.entries()) facets.add(at, row)
  facets.remove(7)

  const passing = facets.passing({
    facets: { colour: ['red', 'blue'] },
    numbers: { price: { from: 200, to: 700 } },
  })

  const expected = rows.flatMap(({ facets: { colour }, numbers: { price = -1 } }, at) =>
    at !== 7 && colour[0] !== 'green' && price >= 200 && price <= 700 ? [at] : [],
  )
  assert.deepEqual([...passing.members()], expected)
  const counts = new Map(facets.counts('colour', passing).map(({ value, count }) => [value, count]))
  const reds = expected.filter((at) => rows[at]?.facets.colour[0] === 'red').length
  assert.deepEqual(
    counts,
    new Map([
      ['red', reds],
      ['blue', expected.length - reds],
    ]),
  )
})
