import { type Database, openDatabase } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import type { Standing } from '@shop/kit/standing'
import { writeProducts } from './db/bulk-products.ts'
import {
  type CollectionRow,
  ensureCategories,
  ensureNamed,
  writeCollections,
  writeSellers,
} from './db/bulk-shelves.ts'
import type { Tables } from './db/schema.ts'
import type { Attribute } from './domain/attributes.ts'
import type { Named, Status } from './domain/product.ts'
import type { ProductRow, SellerRow } from './domain/rows.ts'
import { slugOf } from './domain/slug.ts'

/** A shop as a generator makes it, in streams; money in minor units of one currency. */
export interface MadeShop {
  readonly tags: readonly string[]
  categories(): Iterable<MadeCategory>
  brands(): Iterable<Named>
  sellers(): Iterable<SellerRow>
  products(): Iterable<MadeProduct>
  collections(): Iterable<CollectionRow>
}

interface MadeCategory extends Named {
  readonly parentId: string | null
  readonly position: number
  readonly attributes: readonly { key: string; name: string; unit: string | null }[]
}

interface MadeAttribute {
  readonly key: string
  readonly value: string | number | boolean
}

interface MadeProduct
  extends Omit<
    ProductRow,
    | 'brandId'
    | 'sellerId'
    | 'categoryIds'
    | 'tagIds'
    | 'attributes'
    | 'isFeatured'
    | 'digest'
    | 'variants'
    | 'images'
  > {
  readonly brandId: string
  readonly sellerId: string
  readonly categoryId: string
  readonly tags: readonly string[]
  readonly status: Status
  readonly attributes: readonly MadeAttribute[]
  readonly variants: readonly {
    readonly id: string
    readonly sku: string
    readonly gtin: string
    readonly attributes: readonly MadeAttribute[]
    readonly amountMinor: number
    readonly compareAtMinor: number | null
    readonly weightGrams: number
  }[]
  readonly images: readonly { readonly id: string; readonly alt: string }[]
}

interface Filling {
  readonly databaseUrl: string
  readonly currency: string
  /** Told after every batch. */
  readonly told?: (products: number) => void
}

const batch = 1000

/** Writes a made shop through, a thousand products a transaction. Done twice, it is there once. */
export async function fillCatalog(
  shop: MadeShop,
  { databaseUrl, currency, told }: Filling,
  standing: Pick<Standing, 'clock' | 'keys' | 'log'>,
): Promise<number> {
  await using db = openDatabase<Tables>(databaseUrl, { ...standing, connections: 1 })
  const names = await fillShelves(db, shop)
  let count = 0
  let rows: ProductRow[] = []
  const flush = async () => {
    await db.as(service, (tx) => writeProducts(tx, rows, standing.clock.now()))
    count += rows.length
    rows = []
    told?.(count)
  }
  for (const product of shop.products()) {
    rows.push(rowOf(product, names, currency))
    if (rows.length === batch) await flush()
  }
  await flush()
  await db.as(service, (tx) => writeCollections(tx, [...shop.collections()]))
  return count
}

const service = serviceNamed('catalog')

interface Names {
  readonly tags: ReadonlyMap<string, string>
  readonly attributes: ReadonlyMap<string, { name: string; unit: string | null }>
}

async function fillShelves(db: Database<Tables>, shop: MadeShop): Promise<Names> {
  const categories = [...shop.categories()]
  return db.as(service, async (tx) => {
    await ensureNamed(tx, 'brands', [...shop.brands()])
    await writeSellers(tx, [...shop.sellers()])
    for (const level of byLevel(categories)) await ensureCategories(tx, level)
    const tags = shop.tags.map((name) => ({ id: newId(), slug: slugOf(name), name }))
    const bySlug = await ensureNamed(tx, 'tags', tags)
    return {
      tags: new Map(tags.map(({ name, slug }) => [name, bySlug.get(slug) ?? ''])),
      attributes: new Map(
        categories.flatMap(({ attributes }) => attributes.map((each) => [each.key, each])),
      ),
    }
  })
}

/** Roots first, then their children, and so on. */
function byLevel(categories: readonly MadeCategory[]): MadeCategory[][] {
  const levels: MadeCategory[][] = []
  let above = new Set<string | null>([null])
  for (;;) {
    const level = categories.filter(({ parentId }) => above.has(parentId))
    if (level.length === 0) return levels
    levels.push(level)
    above = new Set(level.map(({ id }) => id))
  }
}

function rowOf(product: MadeProduct, names: Names, currency: string): ProductRow {
  const { categoryId, tags, attributes, variants, images, ...rest } = product
  return {
    ...rest,
    categoryIds: [categoryId],
    tagIds: tags.flatMap((tag) => names.tags.get(tag) ?? []),
    attributes: attributes.map((each) => attributeOf(each, names)),
    isFeatured: false,
    digest: null,
    variants: variants.map((variant) => ({
      ...variant,
      currency,
      attributes: variant.attributes.map((each) => attributeOf(each, names)),
    })),
    images: images.map(({ id, alt, ...drawing }) => ({ id, alt, drawing })),
  }
}

function attributeOf({ key, value }: MadeAttribute, { attributes }: Names): Attribute {
  const { name, unit } = attributes.get(key) ?? { name: '', unit: null }
  const said = { key, ...(name && { name }) }
  if (typeof value === 'number') return { ...said, number: value, ...(unit && { unit }) }
  return typeof value === 'boolean' ? { ...said, boolean: value } : { ...said, text: value }
}
