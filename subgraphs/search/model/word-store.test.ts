import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '@shop/kit/learn/random'
import { Postings } from './postings.ts'
import { StringTable } from './string-table.ts'

test('a table of strings numbers them as a map would', () => {
  const [table, known] = [new StringTable(), new Map<string, number>()]
  const random = randomFrom(2)
  for (let i = 0; i < 20_000; i += 1) {
    const text = `${'é'.repeat(random.below(4))}word ${random.below(5000)}`
    if (!known.has(text)) known.set(text, known.size)

    assert.equal(table.add(text), known.get(text))
  }

  for (const [text, number] of known) {
    assert.equal(table.find(text), number)
    assert.equal(table.text(number), text)
  }
  assert.equal(table.find('nobody'), -1)
  assert.equal(table.size, known.size)
})

test('postings give back what was added, over pages and slices', () => {
  const postings = new Postings()
  const random = randomFrom(6)
  const expected = new Map<number, [number, number[]][]>()
  for (let document = 0; document < 30_000; document += 1 + random.below(300)) {
    for (const term of [0, random.below(50)].filter((t, i, all) => all.indexOf(t) === i)) {
      const frequencies = [random.below(3), 1 + random.below(200), 0]
      postings.add(term, document, Uint8Array.from(frequencies))
      expected.set(term, [...(expected.get(term) ?? []), [document, frequencies]])
    }
  }

  for (const [term, own] of expected) {
    const found: [number, number[]][] = []
    postings.each(term, (document, frequencies) =>
      found.push([document, [...frequencies.subarray(0, 3)]]),
    )
    assert.deepEqual(found, own)
    assert.equal(postings.count(term), own.length)
  }
})
