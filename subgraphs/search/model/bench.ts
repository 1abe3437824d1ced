import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { type Random, randomFrom } from '@shop/kit/learn/random'
import type { Product } from './catalogue.ts'
import { productOf } from './catalogue.ts'
import { drawnCatalogue, drawnQuery } from './drawn-catalogue.ts'
import { EmbeddedVectors } from './embedded-vectors.ts'
import { EmbeddedWords } from './embedded-words.ts'
import { openEncoder } from './encoders.ts'
import { SearchEngine } from './engine.ts'
import { featureNames } from './features.ts'
import { Meaning } from './meaning.ts'
import { phrasesOf, wordCountsOf } from './phrases.ts'
import { QueryClassifier } from './query-classifier.ts'
import { Ranker } from './ranker.ts'
import { Spelling } from './spelling.ts'
import { Suggestions } from './suggestions.ts'
import { tokensOf } from './tokens.ts'
import { trainedRanker } from './train-ranker.ts'
import type { WordDocument } from './word-index.ts'

/**
 * `npm run models:bench -- search [--products 100000] [--documents 1000000]`: latency of a hybrid
 * search and of suggestions over drawn products, and the heap that indexing documents takes, in a
 * process that may have 256 MB of it. Prints one JSON document.
 */
const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '100000' },
    documents: { type: 'string', default: '1000000' },
    indexing: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)
const weights = {
  k1: 1.2,
  coverage: 1,
  fields: [
    { name: 'title', weight: 3, b: 0.6 },
    { name: 'description', weight: 1, b: 0.6 },
  ],
}
const report = values.indexing
  ? await indexed(Number(values.documents))
  : { ...(await searched(Number(values.products))), indexing: inSmallHeap() }
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)

/** The same file again, in a process that dies where its heap would grow beyond 256 MB. */
function inSmallHeap(): unknown {
  const words = ['--max-old-space-size=256', import.meta.filename, '--indexing']
  const asked = ['--documents', values.documents, '--seed', values.seed]
  const { stdout, status } = spawnSync(process.execPath, [...words, ...asked], { encoding: 'utf8' })
  return status === 0 ? JSON.parse(stdout) : { failed: true, status }
}

async function indexed(documents: number) {
  const began = performance.now()
  await using words = await EmbeddedWords.open({ weights })
  let [put, most] = [0, 0]
  for (const document of drawnCatalogue(seed)) {
    if (put >= documents) break
    words.store.put(document)
    put += 1
    if (put % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed)
  }
  const seconds = (performance.now() - began) / 1000
  const { arrayBuffers, rss } = process.memoryUsage()
  const megabytes = (bytes: number) => Math.round(bytes / 1e6)
  const memory = {
    heapMB: megabytes(most),
    arraysMB: megabytes(arrayBuffers),
    rssMB: megabytes(rss),
  }
  return { documents: put, seconds: Number(seconds.toFixed(1)), ...memory }
}

async function searched(count: number) {
  const documents = firstOf(count)
  const random = randomFrom(seed)
  await using words = await EmbeddedWords.open({ weights })
  await words.put(documents)
  await using encoder = await openEncoder(['sentence'])
  await using vectors = await EmbeddedVectors.open({ dimensions: 512 })
  const began = performance.now()
  for (const { id } of documents) await vectors.put([{ id, vector: drawnVector(random) }])
  const buildSeconds = Number(((performance.now() - began) / 1000).toFixed(1))
  const titles = documents.map(({ fields }) => fields.title ?? '')
  const cosine = (vector: Float32Array, id: string) => vectors.cosine(vector, id)
  const products = new Map(documents.map((document) => [document.id, asProduct(document)]))
  const engine = new SearchEngine({
    words,
    groupsOf: (text) => words.store.groupsOf(text),
    documentsWith: (term) => words.store.documentsWith(term),
    products,
    classifier: new QueryClassifier(
      [...products.values()].map(({ category, title }) => ({ category, stems: title })),
    ),
    spelling: new Spelling(
      wordCountsOf(titles.map((title) => tokensOf(title).map(({ text }) => text))),
    ),
    meaning: encoder && new Meaning({ encoder, vectors, cosine }, words),
    ranker: drawnRanker(random),
  })
  const suggestions = new Suggestions(phrasesOf(titles, { fewest: 3, most: 20_000 }))
  const queries = Array.from({ length: 600 }, () => drawnQuery(random))
  const hybrid = await timed(queries, (text) =>
    engine.search({ text, first: 20, facets: ['brand'] }),
  )
  const typing = await timed(queries, async (text) => suggestions.complete(text.slice(0, 3)))
  return { products: count, encoder: encoder?.name ?? 'none', buildSeconds, hybrid, typing }
}

function firstOf(count: number): WordDocument[] {
  const documents: WordDocument[] = []
  for (const document of drawnCatalogue(seed)) {
    if (documents.length >= count) break
    documents.push(document)
  }
  return documents
}

function asProduct({ id, fields, facets = {}, numbers = {} }: WordDocument): Product {
  const known = { id, title: fields.title ?? '', brand: facets.brand?.[0] ?? '', model: '' }
  const category = facets.kind?.[0] ?? ''
  const price = numbers.price ?? Number.NaN
  return productOf({ ...known, category, price, releasedAt: 0, detail: 0 }, (word) => word)
}

/** As large as a trained one, and as slow. */
function drawnRanker(random: Random): Ranker {
  const examples = Array.from({ length: 20 }, () => ({
    rows: Array.from({ length: 40 }, () => Float32Array.from(featureNames, random.next)),
    grades: Array.from({ length: 40 }, () => random.below(4)),
  }))
  return new Ranker(trainedRanker(examples, seed))
}

function drawnVector(random: Random): Float32Array {
  return Float32Array.from({ length: 512 }, () => random.next() - 0.5)
}

/**
 * Milliseconds of one answer after another, by the clock and by the processor, which tells the
 * work from the wait on a machine that others use. The first hundred warm up and do not count.
 */
async function timed(queries: readonly string[], answer: (query: string) => Promise<unknown>) {
  const [clock, processor]: [number[], number[]] = [[], []]
  for (const query of queries) {
    const [began, used] = [performance.now(), process.cpuUsage()]
    await answer(query)
    clock.push(performance.now() - began)
    const { user, system } = process.cpuUsage(used)
    processor.push((user + system) / 1000)
  }
  return { clock: quantiles(clock.slice(100)), processor: quantiles(processor.slice(100)) }
}

function quantiles(took: readonly number[]) {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(3))
  return { p50Ms: at(0.5), p95Ms: at(0.95) }
}
