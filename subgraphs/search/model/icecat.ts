import { csvRows, type DataSets, jsonLines } from '@shop/kit/learn/data'
import type { WordDocument } from './word-index.ts'

/** A row of Open Icecat as the Chorus project prepared it; its attributes are `attr_<t|n|b>_<name>`. */
interface Row {
  readonly id: string
  readonly name?: string
  readonly title?: string
  readonly short_description?: string
  readonly supplier?: string
  readonly price?: number
  readonly date_released?: string
  readonly [attribute: string]: unknown
}

export interface Judgments {
  readonly query: string
  /** Grade by product, 0 irrelevant to 3 perfect. */
  readonly grades: ReadonlyMap<string, number>
}

export interface IcecatProduct extends WordDocument {
  /** Names of attributes, which tell the kind of thing: only laptops have a `numeric_keypad`. */
  readonly attributes: readonly string[]
  readonly releasedAt: number
}

export const icecatProducts = (data: DataSets): IcecatProduct[] =>
  jsonLines<Row>(data.file('icecat-chorus/products')).map(productOf)

function productOf(row: Row): IcecatProduct {
  const { id, name = '', title = '', short_description: description = '', supplier = '' } = row
  const entries = Object.entries(row)
  const texts = entries
    .filter(([key]) => key.startsWith('attr_t_'))
    .map(([, value]) => String(value))
  const kind = row.attr_t_product_type
  return {
    id,
    fields: {
      title,
      model: name,
      brand: supplier,
      kind: typeof kind === 'string' ? kind : '',
      description,
      attributes: texts.join(' '),
    },
    facets: { brand: [supplier], ...(typeof kind === 'string' && { kind: [kind] }) },
    numbers: { price: row.price ?? Number.NaN },
    attributes: entries.filter(([key]) => key.startsWith('attr_')).map(([key]) => key),
    releasedAt: Date.parse(row.date_released ?? '') || 0,
  }
}

export const trainJudgments = (data: DataSets) => judgmentsOf(data.train('icecat-chorus/judgments'))
export const scoredJudgments = (data: DataSets) =>
  judgmentsOf(data.scored('icecat-chorus/judgments'))

/** Queries that have a product rated above 0: the others tell nothing of an order. */
function judgmentsOf(file: string): Judgments[] {
  const queries = new Map<string, Map<string, number>>()
  for (const { query = '', docid = '', rating } of csvRows(file)) {
    const grades = queries.get(query) ?? new Map<string, number>()
    queries.set(query, grades.set(docid, Number(rating)))
  }
  return Array.from(queries, ([query, grades]) => ({ query, grades })).filter(({ grades }) =>
    [...grades.values()].some((grade) => grade > 0),
  )
}
