import type { DataSets } from '@shop/kit/learn/data'
import { Associations } from './associations.ts'
import type { WordWeights } from './bm25f.ts'
import { productOf } from './catalogue.ts'
import { Concepts } from './concepts.ts'
import { EmbeddedVectors } from './embedded-vectors.ts'
import { EmbeddedWords } from './embedded-words.ts'
import type { Encoder } from './encoder.ts'
import type { Parts } from './engine.ts'
import { type IcecatProduct, icecatProducts } from './icecat.ts'
import { kindsOf } from './kinds.ts'
import { Meaning } from './meaning.ts'
import { phrasesOf, wordCountsOf } from './phrases.ts'
import { QueryClassifier } from './query-classifier.ts'
import { Spelling } from './spelling.ts'
import { englishStems } from './stems.ts'
import type { Phrase } from './suggestions.ts'
import { commonSynonyms, synonymsFrom } from './synonyms.ts'
import { tokensOf } from './tokens.ts'
import { rememberedVectors } from './vector-cache.ts'

/** Begun with and kept: coordinate ascent on the train queries found nothing that held in folds. */
export const icecatWeights: WordWeights = {
  k1: 1.2,
  coverage: 1,
  fields: [
    { name: 'title', weight: 3, b: 0.6 },
    { name: 'model', weight: 1, b: 0.5 },
    { name: 'brand', weight: 1, b: 0 },
    { name: 'kind', weight: 3, b: 0.3 },
    { name: 'description', weight: 1, b: 0.6 },
    { name: 'attributes', weight: 0.3, b: 0.6 },
  ],
}

export interface IcecatShop extends Parts {
  readonly words: EmbeddedWords
  readonly titles: readonly string[]
  /** What could be typed, and what things are called; the most popular first. */
  readonly phrases: readonly Phrase[]
  readonly counts: ReadonlyMap<string, number>
}

interface Made {
  readonly seed: number
  readonly encoder?: Encoder | undefined
}

/** All of Icecat indexed in this process, its kinds told by the attributes; without a ranker. */
export async function icecatShop(data: DataSets, { seed, encoder }: Made): Promise<IcecatShop> {
  const rows = icecatProducts(data)
  const kinds = kindsOf(
    rows.map((row) => row.attributes),
    { kinds: 120, seed },
  )
  const words = await EmbeddedWords.open({
    weights: icecatWeights,
    synonyms: synonymsFrom(commonSynonyms),
  })
  await words.put(rows)
  const stem = englishStems()
  const products = rows.map((row, at) => productOf(textsOf(row, kinds[at] as number), stem))
  const titles = rows.map((row) => row.fields.title ?? '')
  const counts = wordCountsOf(titles.map((title) => tokensOf(title).flatMap(formsOf)))
  const phrases = phrasesOf(titles, { fewest: 3, most: 10_000 })
  return {
    words,
    titles,
    counts,
    groupsOf: (text) => words.store.groupsOf(text),
    documentsWith: (term) => words.store.documentsWith(term),
    products: new Map(products.map((product) => [product.id, product])),
    classifier: new QueryClassifier(
      products.map(({ category, title }) => ({ category, stems: title })),
    ),
    spelling: new Spelling(counts),
    phrases,
    meaning: encoder && new Meaning(await sensesOf(rows, phrases, encoder), words),
  }
}

const formsOf = ({ text, parts }: { text: string; parts: readonly string[] }) =>
  parts.length > 0 ? parts : [text]

async function sensesOf(
  rows: readonly IcecatProduct[],
  phrases: readonly Phrase[],
  encoder: Encoder,
) {
  const { name, dimensions } = encoder
  const vectors = await EmbeddedVectors.open({ dimensions })
  const made = await rememberedVectors(
    encoder,
    rows.map((row) => row.fields.title ?? ''),
  )
  await vectors.put(
    rows.flatMap(({ id, facets = {}, numbers = {} }, at) => {
      const vector = made[at]
      return vector ? [{ id, vector, facets, numbers }] : []
    }),
  )
  const names = phrases.map((phrase) => phrase.text)
  const encode = (texts: readonly string[]) => rememberedVectors(encoder, texts)
  const described = rows.map(({ fields: { title = '', kind, description } }) => ({
    title,
    text: `${title} ${kind} ${description}`,
  }))
  const associated = (known: readonly string[]) =>
    new Associations(described, known, englishStems())
  const concepts = await Concepts.from(names, { name, dimensions, encode }, associated)
  const cosine = (vector: Float32Array, id: string) => vectors.cosine(vector, id)
  return { encoder, vectors, cosine, concepts }
}

const textsOf = (row: IcecatProduct, kind: number): Parameters<typeof productOf>[0] => ({
  id: row.id,
  title: row.fields.title ?? '',
  brand: row.fields.brand ?? '',
  model: row.fields.model ?? '',
  category: kind < 0 ? (row.fields.brand ?? '') : `kind ${kind}`,
  price: row.numbers?.price ?? Number.NaN,
  releasedAt: row.releasedAt,
  detail: row.attributes.length,
})
