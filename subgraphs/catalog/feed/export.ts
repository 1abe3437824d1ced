import type { Database } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import { type WholeProduct, wholeAfter } from '../db/feed-reads.ts'
import type { Tables } from '../db/schema.ts'
import { columns, lineOf, rowsFrom } from './csv.ts'
import type { ImageRecord, ProductRecord } from './record.ts'

const service = serviceNamed('catalog')
const batchSize = 500

/** The catalogue by slug, in pieces of text; read into an empty shop and exported there, it is the same to the byte. */
export async function* exported(
  db: Database<Tables>,
  format: 'csv' | 'jsonl',
  told: (products: number) => void,
): AsyncGenerator<string> {
  if (format === 'csv') yield lineOf(Object.fromEntries(columns.map((name) => [name, name])))
  let count = 0
  let last = ''
  for (;;) {
    const after = last
    const products = await db.as(service, (tx) => wholeAfter(tx, after, batchSize))
    if (products.length === 0) return
    yield products.map(recordOf).map(textIn(format)).join('')
    last = products.at(-1)?.slug ?? ''
    count += products.length
    told(count)
  }
}

const textIn = (format: 'csv' | 'jsonl') => (record: ProductRecord) =>
  format === 'csv' ? rowsFrom(record).map(lineOf).join('') : `${JSON.stringify(record)}\n`

function recordOf({ variants, images, ...product }: WholeProduct): ProductRecord {
  return {
    slug: product.slug,
    name: product.name,
    description: product.description,
    status: product.status,
    isFeatured: product.isFeatured,
    brand: product.brand,
    seller: product.seller,
    categories: product.categories,
    tags: product.tags,
    attributes: product.attributes.map(inOrder),
    createdAt: product.createdAt.toISOString(),
    archivedAt: product.archivedAt?.toISOString() ?? null,
    variants: variants.map(({ amountMinor, compareAtMinor, currency, ...variant }) => ({
      sku: variant.sku,
      price: { amountMinor, currency },
      compareAtPrice: compareAtMinor === null ? null : { amountMinor: compareAtMinor, currency },
      attributes: variant.attributes.map(inOrder),
      weightGrams: variant.weightGrams,
      gtin: variant.gtin,
    })),
    images: images.map(
      ({ alt, drawing, renditions }) =>
        ({ alt, ...(drawing ? { drawing } : { renditions }) }) as ImageRecord,
    ),
  }
}

/** PostgreSQL keeps the keys of an object in an order of its own. */
const inOrder = <T extends { key: string }>({ key, ...rest }: T) => ({ key, ...rest })
