import type { Database } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import { sql } from 'kysely'
import type { Image } from '../domain/picture.ts'
import type { Category, Named, Variant } from '../domain/product.ts'
import { categoryColumns } from './categories.ts'
import type { Tables } from './schema.ts'
import { visibleTo } from './visible.ts'

export const variantColumns = [
  'product_variants.id',
  'product_variants.product_id as productId',
  'product_variants.sku',
  'product_variants.attributes',
  'product_variants.amount_minor as amountMinor',
  'product_variants.currency',
  'product_variants.compare_at_minor as compareAtMinor',
  'product_variants.weight_grams as weightGrams',
  'product_variants.gtin',
  'product_variants.version',
  'product_variants.archived_at as archivedAt',
] as const

export const imageColumns = [
  'product_images.id',
  'product_images.product_id as productId',
  'product_images.alt',
  'product_images.drawing',
  'product_images.renditions',
] as const

/** What products are made of, for many products at a time. */
export class Parts {
  readonly #db: Database<Tables>
  readonly #visible: ReturnType<typeof visibleTo>

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#visible = visibleTo(caller)
  }

  variants(ids: readonly string[]): Promise<Variant[]> {
    return this.#seenVariants().where('product_variants.id', 'in', ids).execute()
  }

  variantsBySku(skus: readonly string[]): Promise<Variant[]> {
    return this.#seenVariants().where('product_variants.sku', 'in', skus).execute()
  }

  variantsOf(productIds: readonly string[]): Promise<Variant[]> {
    return this.#db
      .selectFrom('product_variants')
      .where('product_id', 'in', productIds)
      .where('archived_at', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .select(variantColumns)
      .execute()
  }

  images(ids: readonly string[]): Promise<Image[]> {
    return this.#db
      .selectFrom('product_images')
      .innerJoin('products', 'products.id', 'product_images.product_id')
      .where(this.#visible)
      .where('product_images.id', 'in', ids)
      .select(imageColumns)
      .execute()
  }

  imagesOf(productIds: readonly string[]): Promise<Image[]> {
    return this.#db
      .selectFrom('product_images')
      .where('product_id', 'in', productIds)
      .orderBy('position')
      .orderBy('id')
      .select(imageColumns)
      .execute()
  }

  categoriesOf(productIds: readonly string[]): Promise<(Category & { productId: string })[]> {
    return this.#db
      .selectFrom('product_categories as placed')
      .innerJoin('categories', 'categories.id', 'placed.category_id')
      .where('placed.product_id', 'in', productIds)
      .orderBy('placed.position')
      .select([...categoryColumns, 'placed.product_id as productId'])
      .execute()
  }

  tagsOf(productIds: readonly string[]): Promise<(Named & { productId: string })[]> {
    return this.#db
      .selectFrom('product_tags as put')
      .innerJoin('tags', 'tags.id', 'put.tag_id')
      .where('put.product_id', 'in', productIds)
      .orderBy('tags.slug')
      .select(['tags.id', 'tags.slug', 'tags.name', 'put.product_id as productId'])
      .execute()
  }

  #seenVariants() {
    return this.#db
      .selectFrom('product_variants')
      .innerJoin('products', 'products.id', 'product_variants.product_id')
      .where(sql<boolean>`${this.#visible}`)
      .select(variantColumns)
  }
}
