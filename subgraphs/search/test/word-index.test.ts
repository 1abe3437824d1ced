import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ElasticWords } from '../clients/elasticsearch.ts'
import type { WordWeights } from '../model/bm25f.ts'
import { EmbeddedWords } from '../model/embedded-words.ts'
import { SearchRefused } from '../model/refusal.ts'
import type { WordDocument, WordIndex } from '../model/word-index.ts'
import { addressOf, freshFile, freshName } from './peers.ts'

/** Opens the same index each time it is called, as a process does that was restarted. */
type Open = () => Promise<WordIndex>

const weights: WordWeights = {
  k1: 1.2,
  coverage: 0,
  fields: [
    { name: 'title', weight: 3, b: 0.6 },
    { name: 'description', weight: 1, b: 0.6 },
  ],
}

/** More mugs than a page, so that a page is a page. */
const mugs: WordDocument[] = Array.from({ length: 25 }, (_, i) => ({
  id: `mug-${String(i).padStart(2, '0')}`,
  fields: { title: `Blue mug ${i}`, description: 'Holds tea' },
  facets: { brand: [i % 2 === 0 ? 'Even' : 'Odd'], colour: ['blue'] },
  numbers: { price: 100 * i },
}))
const teapot: WordDocument = {
  id: 'teapot',
  fields: { title: 'Red teapot', description: 'Goes with every mug' },
  facets: { brand: ['Even'], colour: ['red'] },
  numbers: { price: 5000 },
}

const contract: Record<string, (open: Open) => Promise<void>> = {
  'a word in the title counts for more than in the description': async (open) => {
    await using words = await open()
    await words.put([teapot, ...mugs])

    const { hits, total } = await words.search({ text: 'mugs', first: 10 })

    assert.equal(total, 26)
    assert.deepEqual(
      hits.map(({ id }) => id),
      mugs.slice(0, 10).map(({ id }) => id),
    )
  },
  'filters narrow, and a facet is counted without its own choice': async (open) => {
    await using words = await open()
    await words.put([...mugs, teapot])

    const answer = await words.search({
      text: 'mug',
      first: 3,
      filters: { facets: { brand: ['Odd'] }, numbers: { price: { from: 300, to: 900 } } },
      facets: ['brand', 'colour'],
    })

    assert.deepEqual(
      answer.hits.map(({ id }) => id),
      ['mug-03', 'mug-05', 'mug-07'],
    )
    assert.equal(answer.total, 4)
    assert.deepEqual(answer.facets, {
      brand: [
        { value: 'Odd', count: 4 },
        { value: 'Even', count: 3 },
      ],
      colour: [{ value: 'blue', count: 4 }],
    })
  },
  'what was removed or replaced is found no more': async (open) => {
    await using words = await open()
    await words.put([...mugs, teapot])

    await words.remove(['mug-00', 'nobody'])
    await words.put([{ id: 'teapot', fields: { title: 'Green kettle' } }])

    assert.equal((await words.search({ text: 'mug', first: 5 })).total, 24)
    assert.equal((await words.search({ text: 'teapot', first: 5 })).total, 0)
    const { hits } = await words.search({ text: 'kettle', first: 5 })
    assert.deepEqual(
      hits.map(({ id }) => id),
      ['teapot'],
    )
  },
  'it is all there after a restart': async (open) => {
    {
      await using words = await open()
      await words.put([...mugs, teapot])
      await words.remove(['teapot'])
    }

    await using again = await open()

    assert.equal((await again.search({ text: 'mug', first: 5 })).total, 25)
    assert.equal((await again.search({ text: 'teapot', first: 5 })).total, 0)
  },
  'many who write at once lose nothing and double nothing': async (open) => {
    await using words = await open()

    await Promise.all([...mugs, ...mugs].map((mug) => words.put([mug])))

    assert.equal((await words.search({ text: 'mug', first: 5 })).total, 25)
  },
  'no words find nothing, and no text is taken for a query language': async (open) => {
    await using words = await open()
    await words.put(mugs)

    for (const text of ['', '   ', '🎧', '\u0000\u0007', '"', '\ud800']) {
      assert.equal((await words.search({ text, first: 5 })).total, 0)
    }
    for (const text of ['(a+)+$ mug', 'title:mug OR *', `mug ${'x'.repeat(10_000_000)}`]) {
      assert.equal((await words.search({ text, first: 5 })).total, 25)
    }
  },
  'a page is from 1 to 1,000': async (open) => {
    await using words = await open()

    for (const first of [0, 1001, 1.5, Number.NaN]) {
      await assert.rejects(words.search({ text: 'mug', first }), SearchRefused)
    }
  },
}

for (const [promise, keeps] of Object.entries(contract)) {
  test(`the embedded word index: ${promise}`, async () => {
    const file = freshFile()
    await keeps(() => EmbeddedWords.open({ weights, file }))
  })

  test(`Elasticsearch: ${promise}`, (context) => onElastic(context, keeps))
}

async function onElastic(context: TestContext, keeps: (open: Open) => Promise<void>) {
  const node = addressOf('SEARCH_ELASTICSEARCH_URL', context)
  if (!node) return
  const index = freshName()
  try {
    await keeps(() => ElasticWords.open({ node, index, weights }))
  } finally {
    await using words = await ElasticWords.open({ node, index, weights })
    await words.drop()
  }
}
