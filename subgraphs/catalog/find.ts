import { BadUserInput } from '@shop/kit/errors'
import { isId } from '@shop/kit/ids'
import type { Categories } from './db/categories.ts'
import type { Products } from './db/products.ts'
import type { Shelves } from './db/shelves.ts'
import type { Category, Collection, Named, Product, Seller, Variant } from './domain/product.ts'
import { isText } from './domain/slug.ts'
import type { Loaders } from './loaders.ts'

interface Key {
  readonly id?: string | null | undefined
  readonly slug?: string | null | undefined
}

interface Reads extends Pick<Loaders, 'byId' | 'bySku' | 'bySlug'> {
  readonly categories: Categories
  readonly products: Products
  readonly shelves: Shelves
}

/** By what a client has of it: an id, a slug, a SKU. What is not there is null, or left out. */
export class Find {
  readonly #reads: Reads

  constructor(reads: Reads) {
    this.#reads = reads
  }

  async product({
    sku,
    ...key
  }: Key & { sku?: string | null | undefined }): Promise<Product | null> {
    const { byId, bySku, bySlug } = this.#reads
    if (sku && !key.id && !key.slug) return bySku.product.load(sku)
    return by(key, byId.product, (slug) => bySlug.load(slug))
  }

  async productsBySku(skus: readonly string[]): Promise<Product[]> {
    mustBeAtMost100(skus.length)
    const found = present(await this.#reads.bySku.product.loadMany(skus))
    return [...new Map(found.map((product) => [product.id, product])).values()]
  }

  async variants(ids: readonly string[]): Promise<Variant[]> {
    mustBeAtMost100(ids.length)
    return present(await this.#reads.byId.variant.loadMany([...new Set(ids)]))
  }

  async variantsBySku(skus: readonly string[]): Promise<Variant[]> {
    mustBeAtMost100(skus.length)
    return present(await this.#reads.bySku.variant.loadMany([...new Set(skus)]))
  }

  async categories(parentId: string | null | undefined, depth: number): Promise<Category[]> {
    if (depth < 1 || depth > 10) throw new BadUserInput('`depth` is from 1 to 10.')
    if (parentId && !isId(parentId)) return []
    return this.#reads.categories.below(parentId ?? null, depth)
  }

  category(key: Key): Promise<Category | null> {
    return by(key, this.#reads.byId.category, (slug) => this.#reads.categories.bySlug(slug))
  }

  collection(key: Key): Promise<Collection | null> {
    return by(key, this.#reads.byId.collection, (slug) =>
      this.#reads.shelves.collectionBySlug(slug),
    )
  }

  brand(key: Key): Promise<Named | null> {
    return by(key, this.#reads.byId.brand, (slug) => this.#reads.shelves.brandBySlug(slug))
  }

  seller(key: Key): Promise<Seller | null> {
    return by(key, this.#reads.byId.seller, (slug) => this.#reads.shelves.sellerBySlug(slug))
  }

  async featured(first: number): Promise<Product[]> {
    mustBeAtMost100(first)
    return this.#reads.products.featured(first)
  }

  async tags(prefix: string | null | undefined, first: number): Promise<Named[]> {
    mustBeAtMost100(first)
    return isText(prefix ?? '') ? this.#reads.shelves.tagsFrom(prefix ?? '', first) : []
  }

  /** From the root to the parent, of a category's path. */
  async ancestors(path: readonly string[]): Promise<Category[]> {
    return present(await this.#reads.byId.category.loadMany(path.slice(0, -1)))
  }
}

async function by<T>(
  { id, slug }: Key,
  ids: { load(id: string): Promise<T | null> },
  bySlug: (slug: string) => Promise<T | null>,
): Promise<T | null> {
  if (id) return ids.load(id)
  return slug && isText(slug) ? bySlug(slug) : null
}

function mustBeAtMost100(count: number): void {
  if (count < 0 || count > 100) throw new BadUserInput('At most 100 are asked for at once.')
}

function present<T>(found: readonly (T | null | Error)[]): T[] {
  return found.flatMap((each) => {
    if (each instanceof Error) throw each
    return each === null ? [] : [each]
  })
}
