import type { Tx } from '@shop/kit/database'
import { newId } from '@shop/kit/ids'
import { writeProducts } from '../db/bulk-products.ts'
import { type Known, type KnownVariant, knownIn, productsKnown } from '../db/known.ts'
import type { Tables } from '../db/schema.ts'
import type { ImageRow, ProductRow } from '../domain/rows.ts'
import { variantsFrom } from '../domain/variant-from.ts'
import { digestOf, type ProductRecord } from './record.ts'

export interface Numbered {
  readonly line: number
  readonly record: ProductRecord
}

export interface Written {
  readonly rejected: readonly { readonly line: number; readonly reason: string }[]
  readonly written: number
  /** Of all that was named, whether it had changed or not. */
  readonly variantIds: readonly string[]
}

/** A record is known again by any SKU of it, and else by its slug; what has not changed is passed over. */
export async function writeBatch(
  tx: Tx<Tables>,
  batch: readonly Numbered[],
  now: Date,
): Promise<Written> {
  if (batch.length === 0) return { rejected: [], written: 0, variantIds: [] }
  const records = batch.map(({ record }) => record)
  const skus = records.flatMap(({ variants }) => variants.map(({ sku }) => sku.trim()))
  const before = await productsKnown(tx, { skus, slugs: records.map(({ slug }) => slug) })
  const known = await knownIn(tx, records)
  const bySku = new Map(before.variants.map((variant) => [variant.sku, variant]))
  const byId = new Map(before.products.map((product) => [product.id, product]))
  const bySlug = new Map(before.products.map((product) => [product.slug, product]))

  const rejected: { line: number; reason: string }[] = []
  const rows: ProductRow[] = []
  const variantIds: string[] = []
  for (const { line, record } of batch) {
    const owners = ownersOf(record, bySku)
    if (owners.length > 1) {
      rejected.push({ line, reason: 'Its SKUs belong to several products of the shop.' })
      continue
    }
    const product = byId.get(owners[0] ?? '') ?? bySlug.get(record.slug)
    const row = rowOf(record, { id: product?.id ?? newId(), known, bySku, now })
    variantIds.push(...row.variants.map(({ id }) => id))
    if (product?.digest !== row.digest) rows.push(row)
  }
  await writeProducts(tx, rows, now)
  return { rejected, written: rows.length, variantIds }
}

function ownersOf({ variants }: ProductRecord, bySku: ReadonlyMap<string, KnownVariant>): string[] {
  return [...new Set(variants.flatMap(({ sku }) => bySku.get(sku.trim())?.productId ?? []))]
}

interface Around {
  readonly id: string
  readonly known: Known
  readonly bySku: ReadonlyMap<string, KnownVariant>
  readonly now: Date
}

function rowOf(record: ProductRecord, { id, known, bySku, now }: Around): ProductRow {
  const { brand, seller, tags, categories, createdAt, archivedAt, variants, images } = record
  return {
    ...record,
    id,
    brandId: known.brand(brand),
    sellerId: known.seller(seller),
    categoryIds: [...new Set(categories.map((path) => known.category(path)))],
    tagIds: [...new Set(tags.map((tag) => known.tag(tag)))],
    createdAt: createdAt ? new Date(createdAt) : now,
    archivedAt: archivedAt ? new Date(archivedAt) : null,
    digest: digestOf(record),
    variants: variantsFrom(variants).map((variant) => ({
      ...variant,
      id: bySku.get(variant.sku)?.id ?? variant.id,
    })),
    images:
      images.length > 0 ? images.map((image) => ({ ...image, id: newId() })) : [tileOf(record)],
  }
}

/** Nobody took a picture: its name and category are drawn. */
const tileOf = ({ name, categories }: ProductRecord): ImageRow => ({
  id: newId(),
  alt: name,
  drawing: { kind: 'tile', name: name.slice(0, 110), category: categories[0]?.at(-1) ?? '' },
})
