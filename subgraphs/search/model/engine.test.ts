import assert from 'node:assert/strict'
import { test } from 'node:test'
import { productOf } from './catalogue.ts'
import { EmbeddedVectors } from './embedded-vectors.ts'
import { EmbeddedWords } from './embedded-words.ts'
import type { Encoder } from './encoder.ts'
import { type Parts, SearchEngine } from './engine.ts'
import { Meaning } from './meaning.ts'
import { wordCountsOf } from './phrases.ts'
import { pinsFrom } from './pins.ts'
import { QueryClassifier } from './query-classifier.ts'
import { SearchRefused } from './refusal.ts'
import { Spelling } from './spelling.ts'
import { englishStems } from './stems.ts'
import { commonSynonyms, synonymsFrom } from './synonyms.ts'
import { tokensOf } from './tokens.ts'

const titles: Readonly<Record<string, string>> = {
  laptop: 'Acme Notebook Black',
  case: 'Acme case for any notebook',
  printer: 'Bolt laser printer',
  toner: 'Bolt toner for laser printer',
  mug: 'Coffee mug',
}
const weights = { k1: 1.2, coverage: 1, fields: [{ name: 'title', weight: 1, b: 0.5 }] }

/** Coffee lies one way and all else the other. */
const encoder: Encoder = {
  name: 'two ways',
  dimensions: 2,
  encode: async (texts) =>
    texts.map((text) => Float32Array.from(/coffee|drink/i.test(text) ? [1, 0.1] : [0.1, 1])),
  [Symbol.asyncDispose]: async () => {},
}

async function shopOf(more: Partial<Parts> = {}, used: Encoder = encoder): Promise<SearchEngine> {
  const words = await EmbeddedWords.open({ weights, synonyms: synonymsFrom(commonSynonyms) })
  const vectors = await EmbeddedVectors.open({ dimensions: 2 })
  const ids = Object.keys(titles)
  const facets = (id: string) => ({ brand: [(titles[id] ?? '').split(' ')[0] ?? ''] })
  await words.put(
    ids.map((id) => ({ id, fields: { title: titles[id] ?? '' }, facets: facets(id) })),
  )
  const made = await encoder.encode(ids.map((id) => titles[id] ?? ''))
  await vectors.put(
    ids.map((id, at) => ({ id, vector: made[at] as Float32Array, facets: facets(id) })),
  )
  const stem = englishStems()
  const unknown = { brand: '', model: '', price: Number.NaN, releasedAt: 0, detail: 0 }
  const products = ids.map((id) =>
    productOf(
      { ...unknown, id, title: titles[id] ?? '', category: id === 'mug' ? 'home' : 'office' },
      stem,
    ),
  )
  const cosine = (vector: Float32Array, id: string) => vectors.cosine(vector, id)
  return new SearchEngine({
    words,
    groupsOf: (text) => words.store.groupsOf(text),
    documentsWith: (term) => words.store.documentsWith(term),
    products: new Map(products.map((product) => [product.id, product])),
    classifier: new QueryClassifier(
      products.map(({ category, title }) => ({ category, stems: title })),
    ),
    spelling: new Spelling(
      wordCountsOf(Object.values(titles).map((title) => tokensOf(title).map(({ text }) => text))),
    ),
    meaning: new Meaning({ encoder: used, vectors, cosine }, words),
    ...more,
  })
}

const idsOf = (found: { hits: readonly { id: string }[] }) => found.hits.map(({ id }) => id)

test('a synonym finds, a slip is corrected, and both are told', async () => {
  const shop = await shopOf()

  const synonym = await shop.search({ text: 'laptop', first: 1, mode: 'keyword' })
  const slip = await shop.search({ text: 'lazer pritner', first: 1, mode: 'keyword' })

  assert.deepEqual([idsOf(synonym), synonym.corrected], [['laptop'], undefined])
  assert.deepEqual([idsOf(slip), slip.corrected], [['printer'], 'laser printer'])
})

test('a sentence is found by what it means', async () => {
  const shop = await shopOf()

  const found = await shop.search({ text: 'something hot to drink from', first: 1 })

  assert.deepEqual(idsOf(found), ['mug'])
})

test('a pin comes first, and every hit says why it is where it is', async () => {
  const shop = await shopOf({
    pins: pinsFrom([{ query: 'Laser Printer', ids: ['toner', 'gone'] }]),
  })

  const found = await shop.search({
    text: 'laser  printer',
    first: 2,
    mode: 'keyword',
    explain: true,
  })

  assert.deepEqual(idsOf(found), ['toner', 'printer'])
  const [pinned, second] = found.hits
  assert.equal(pinned?.why?.found, 'pinned')
  assert.deepEqual(second?.why?.matched, ['laser', 'printer'])
  const added = second?.why?.reasons.reduce((sum, reason) => sum + reason.added, 0)
  assert.ok(Math.abs((added ?? 0) - (second?.score ?? 1)) < 1e-9)
})

test('filters and facets hold for words and vectors alike', async () => {
  const shop = await shopOf()

  const found = await shop.search({
    text: 'printer',
    first: 10,
    filters: { facets: { brand: ['Bolt'] } },
    facets: ['brand'],
  })

  assert.deepEqual(idsOf(found).sort(), ['printer', 'toner'])
  assert.deepEqual(found.facets, { brand: [{ value: 'Bolt', count: 2 }] })
})

test('where the encoder is dead or gone, words answer and it is told', async () => {
  const dead = { ...encoder, encode: () => Promise.reject(new Error('out of memory')) }
  const broken = { ...encoder, encode: async () => [Float32Array.of(Number.NaN, 1)] }

  for (const shop of [
    await shopOf({}, dead),
    await shopOf({}, broken),
    await shopOf({ meaning: undefined }),
  ]) {
    const found = await shop.search({ text: 'mug', first: 5 })
    assert.deepEqual([idsOf(found), found.degraded], [['mug'], ['vectors', 'ranker']])
  }
})

test('broken input finds little or is refused, and never throws what is not ours', async () => {
  const shop = await shopOf()
  const texts = ['', '🎧', '\u0000\u0008', '\ud800', '(a+)+$'.repeat(1000), 'Ноутбук', '笔记本']

  for (const text of [...texts, 'x'.repeat(10_000_000), 'mug '.repeat(2_500_000)]) {
    const { hits, total } = await shop.search({ text, first: 10, explain: true })
    assert.ok(hits.length <= 10 && total >= 0 && hits.every(({ score }) => Number.isFinite(score)))
  }
  for (const first of [0, -1, 1.5, Number.NaN, 1001]) {
    await assert.rejects(shop.search({ text: 'mug', first }), SearchRefused)
  }
})
