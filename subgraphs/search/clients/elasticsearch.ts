import { Client, type estypes } from '@elastic/elasticsearch'
import type { WordWeights } from '../model/bm25f.ts'
import type { FacetCount, Filters } from '../model/facets.ts'
import { checkFirst } from '../model/refusal.ts'
import { folded, longestText } from '../model/tokens.ts'
import type { WordAnswer, WordDocument, WordIndex, WordQuery } from '../model/word-index.ts'

interface Options {
  readonly node: string
  readonly index: string
  readonly weights: WordWeights
}

/**
 * The word index on Elasticsearch, which has BM25F as `combined_fields`. Its analysis is its own and
 * so are its numbers: what both forms promise is in the contract test.
 */
export class ElasticWords implements WordIndex {
  readonly #client: Client
  readonly #index: string
  readonly #fields: readonly string[]

  private constructor({ node, index, weights }: Options) {
    this.#client = new Client({ node, maxRetries: 2, requestTimeout: 10_000 })
    this.#index = index
    // It takes no weight below 1; only their proportions matter.
    const least = Math.min(...weights.fields.map(({ weight }) => weight))
    this.#fields = weights.fields.map(({ name, weight }) => `text.${name}^${weight / least}`)
  }

  /** Makes the index where there is none; two that open at once make it once. */
  static async open(options: Options): Promise<ElasticWords> {
    const words = new ElasticWords(options)
    const { indices } = words.#client
    if (await indices.exists({ index: options.index })) return words
    await indices
      .create({ index: options.index, settings, mappings: mappingsOf(options.weights) })
      .catch((fault) => {
        if (!String(fault).includes('resource_already_exists')) throw fault
      })
    return words
  }

  async put(documents: readonly WordDocument[]): Promise<void> {
    await this.#bulk(
      documents.flatMap(({ id, fields, facets = {}, numbers = {} }) => [
        { index: { _id: id } },
        { text: fields, facets, numbers: finite(numbers), id },
      ]),
    )
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#bulk(ids.map((id) => ({ delete: { _id: id } })))
  }

  async search(query: WordQuery): Promise<WordAnswer> {
    checkFirst(query.first)
    const { text, first, filters = {}, facets = [] } = query
    const answer = await this.#client.search({
      index: this.#index,
      size: first,
      track_total_hits: true,
      _source: false,
      query: {
        bool: {
          must: {
            combined_fields: { query: asked(text), fields: [...this.#fields] },
          },
          filter: rangesOf(filters),
        },
      },
      // Choices in facets come after the counting, so that each facet can leave out its own.
      post_filter: { bool: { filter: choicesOf(filters) } },
      aggs: Object.fromEntries(facets.map((facet) => [facet, counting(facet, filters)])),
      sort: [{ _score: { order: 'desc' } }, { id: { order: 'asc' } }],
    })
    return answerFrom(answer, facets)
  }

  /** Deletes the index itself, for who made it for a while. */
  async drop(): Promise<void> {
    await this.#client.indices.delete({ index: this.#index, ignore_unavailable: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close()
  }

  /** What is answered here is seen by the next search: it waits for the refresh. */
  async #bulk(operations: (estypes.BulkOperationContainer | object)[]): Promise<void> {
    if (operations.length === 0) return
    const { items } = await this.#client.bulk({ index: this.#index, operations, refresh: true })
    const failed = items
      .map((item) => item.index?.error ?? item.delete?.error)
      .find((error) => error)
    if (failed) throw new Error(`Elasticsearch kept not all of it: ${failed.reason ?? failed.type}`)
  }
}

const settings: estypes.IndicesIndexSettings = {
  analysis: {
    filter: { stems: { type: 'stemmer', language: 'english' } },
    analyzer: {
      words: {
        type: 'custom',
        tokenizer: 'standard',
        filter: ['lowercase', 'asciifolding', 'stems'],
      },
    },
  },
}

const mappingsOf = ({ fields }: WordWeights): estypes.MappingTypeMapping => ({
  dynamic: false,
  dynamic_templates: [
    { facets: { path_match: 'facets.*', mapping: { type: 'keyword' } } },
    { numbers: { path_match: 'numbers.*', mapping: { type: 'double' } } },
  ],
  properties: {
    id: { type: 'keyword' },
    text: {
      type: 'object',
      properties: Object.fromEntries(
        fields.map(({ name }) => [name, { type: 'text' as const, analyzer: 'words' }]),
      ),
    },
    facets: { type: 'object', dynamic: true },
    numbers: { type: 'object', dynamic: true },
  },
})

/** Words alone, so that no part of a text is more than text. */
const asked = (text: string) =>
  folded(text.slice(0, longestText).toWellFormed())
    .split(/[^\p{L}\p{N}.]+/u)
    .slice(0, 32)
    .join(' ')

const finite = (numbers: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(numbers).filter(([, value]) => Number.isFinite(value)))

const rangesOf = ({ numbers = {} }: Filters): estypes.QueryDslQueryContainer[] =>
  Object.entries(numbers).map(([name, { from, to }]) => ({
    range: {
      [`numbers.${name}`]: {
        ...(from !== undefined && { gte: from }),
        ...(to !== undefined && { lte: to }),
      },
    },
  }))

const choicesOf = ({ facets = {} }: Filters, but?: string): estypes.QueryDslQueryContainer[] =>
  Object.entries(facets)
    .filter(([facet]) => facet !== but)
    .map(([facet, values]) => ({ terms: { [`facets.${facet}`]: [...values] } }))

const counting = (facet: string, filters: Filters): estypes.AggregationsAggregationContainer => ({
  filter: { bool: { filter: choicesOf(filters, facet) } },
  aggs: {
    values: {
      terms: { field: `facets.${facet}`, size: 100, order: [{ _count: 'desc' }, { _key: 'asc' }] },
    },
  },
})

function answerFrom(answer: estypes.SearchResponse, facets: readonly string[]): WordAnswer {
  const { total, hits } = answer.hits
  const counted = facets.map((facet) => [facet, countsIn(answer.aggregations?.[facet])] as const)
  return {
    hits: hits.map(({ _id = '', _score }) => ({ id: _id, score: _score ?? 0 })),
    total: typeof total === 'number' ? total : (total?.value ?? 0),
    facets: Object.fromEntries(counted),
  }
}

function countsIn(aggregate: unknown): FacetCount[] {
  const { values } = aggregate as { values: { buckets: { key: string; doc_count: number }[] } }
  return values.buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }))
}
