import type { Connection, Database, Page } from '@shop/kit/database'
import type { Identity } from '@shop/kit/identity'
import type { Sort } from '@shop/kit/pagination'
import { sql } from 'kysely'
import type { Filter } from '../domain/filter.ts'
import type { Product } from '../domain/product.ts'
import { boundedWalk } from './bounded-walk.ts'
import { listed, type ProductSort } from './listing.ts'
import { keptCount } from './listing-counts.ts'
import type { Tables } from './schema.ts'

import { visibleTo } from './visible.ts'

export const productColumns = [
  'products.id',
  'products.slug',
  'products.name',
  'products.description',
  'products.brand_id as brandId',
  'products.seller_id as sellerId',
  'products.status',
  'products.attributes',
  'products.is_featured as isFeatured',
  'products.created_at as createdAt',
  'products.updated_at as updatedAt',
  'products.version',
] as const

const price = { by: sql`listings.amount_minor`, type: 'bigint' } as const
const sorts: Readonly<Record<ProductSort, Sort>> = {
  NEWEST: {
    name: 'newest',
    by: sql`listings.created_at`,
    type: 'timestamptz',
    descending: true,
  },
  PRICE_ASC: { name: 'cheapest', ...price },
  PRICE_DESC: { name: 'dearest', ...price, descending: true },
  NAME: { name: 'name', by: sql`listings.name_key`, type: 'text' },
}

/** Reads of products. What is public is read as nobody, one statement a question. */
export class Products {
  readonly #db: Database<Tables>
  readonly #visible: ReturnType<typeof visibleTo>

  constructor(db: Database<Tables>, caller: Identity) {
    this.#db = db
    this.#visible = visibleTo(caller)
  }

  byIds(ids: readonly string[]): Promise<Product[]> {
    return this.#seen().where('products.id', 'in', ids).execute()
  }

  bySlugs(slugs: readonly string[]): Promise<Product[]> {
    return this.#seen().where('products.slug', 'in', slugs).execute()
  }

  bySkus(skus: readonly string[]): Promise<(Product & { sku: string })[]> {
    return this.#seen()
      .innerJoin('product_variants', 'product_variants.product_id', 'products.id')
      .where('product_variants.sku', 'in', skus)
      .select('product_variants.sku')
      .execute()
  }

  /** Looks in `listings` alone, and reads the products of the page it has found. */
  async page(filter: Filter, sort: ProductSort, page: Page): Promise<Connection<Product>> {
    const found = listed(this.#db, filter).select('listings.product_id as id')
    const ids = await this.#db.page(found, {
      page,
      sort: sorts[sort],
      id: sql`listings.product_id`,
      nearby: boundedWalk(this.#db, filter, sort),
    })
    const kept = keptCount(this.#db, filter)
    return this.#filled(kept ? { ...ids, totalCount: kept } : ids)
  }

  async inCollection(collectionId: string, page: Page): Promise<Connection<Product>> {
    const put = this.#db
      .selectFrom('collection_products as put')
      .innerJoin('products', 'products.id', 'put.product_id')
      .where('put.collection_id', '=', collectionId)
      .where('products.status', '=', 'ACTIVE')
      .select('put.product_id as id')
    const sort: Sort = { name: 'collection', by: sql`put.position`, type: 'integer' }
    return this.#filled(await this.#db.page(put, { page, sort, id: sql`put.product_id` }))
  }

  async #filled(ids: Connection<{ id: string }>): Promise<Connection<Product>> {
    const known = ids.nodes.length > 0 ? await this.byIds(ids.nodes.map(({ id }) => id)) : []
    const products = new Map(known.map((product) => [product.id, product]))
    const edges = ids.edges.flatMap(({ cursor, node }) => {
      const product = products.get(node.id)
      return product ? [{ cursor, node: product }] : []
    })
    return { ...ids, edges, nodes: edges.map(({ node }) => node) }
  }

  featured(first: number): Promise<Product[]> {
    return this.#seen()
      .where('products.is_featured', '=', true)
      .where('products.status', '=', 'ACTIVE')
      .orderBy('products.created_at', 'desc')
      .orderBy('products.id', 'desc')
      .limit(first)
      .execute()
  }

  #seen() {
    return this.#db.selectFrom('products').where(this.#visible).select(productColumns)
  }
}
