import type { Tx } from '@shop/kit/database'
import { newId } from '@shop/kit/ids'
import { slugOf } from '../domain/slug.ts'
import { ensureCategories, ensureNamed } from './bulk-shelves.ts'
import type { Tables } from './schema.ts'

interface Naming {
  readonly brand: string | null
  readonly seller: string | null
  readonly tags: readonly string[]
  readonly categories: readonly (readonly string[])[]
}

/** The ids of everything that records name; what the shop did not have, it has now. */
export interface Known {
  brand(name: string | null): string | null
  seller(name: string | null): string | null
  tag(name: string): string
  category(path: readonly string[]): string
}

export async function knownIn(tx: Tx<Tables>, records: readonly Naming[]): Promise<Known> {
  const ensured = async (table: 'brands' | 'sellers' | 'tags', names: readonly string[]) => {
    const rows = [...new Set(names)].map((name) => ({ slug: slugOf(name), name }))
    return rows.length > 0 ? ensureNamed(tx, table, rows) : new Map<string, string>()
  }
  const brands = await ensured(
    'brands',
    records.flatMap(({ brand }) => brand ?? []),
  )
  const sellers = await ensured(
    'sellers',
    records.flatMap(({ seller }) => seller ?? []),
  )
  const tags = await ensured(
    'tags',
    records.flatMap((record) => record.tags),
  )
  const categories = await treeIn(
    tx,
    records.flatMap((record) => record.categories),
  )
  return {
    brand: (name) => (name && brands.get(slugOf(name))) ?? null,
    seller: (name) => (name && sellers.get(slugOf(name))) ?? null,
    tag: (name) => found(tags, slugOf(name)),
    category: (path) => found(categories, slugFor(path)),
  }
}

/** Two of one name under different parents are two. */
const slugFor = (path: readonly string[]) => path.map(slugOf).join('-').slice(0, 300)

async function treeIn(tx: Tx<Tables>, paths: readonly (readonly string[])[]) {
  const ids = new Map<string, string>()
  const deepest = Math.max(0, ...paths.map(({ length }) => length))
  for (let level = 1; level <= deepest; level += 1) {
    const here = paths.filter(({ length }) => length >= level).map((path) => path.slice(0, level))
    const rows = [...new Map(here.map((path) => [slugFor(path), path]))].map(([slug, path]) => ({
      id: newId(),
      slug,
      name: path.at(-1) ?? '',
      parentId: level > 1 ? found(ids, slugFor(path.slice(0, -1))) : null,
      position: 0,
    }))
    for (const [slug, id] of await ensureCategories(tx, rows)) ids.set(slug, id)
  }
  return ids
}

function found(ids: ReadonlyMap<string, string>, slug: string): string {
  const id = ids.get(slug)
  if (!id) throw new RangeError(`Nothing was written for "${slug}".`)
  return id
}

export interface KnownVariant {
  readonly id: string
  readonly sku: string
  readonly productId: string
}

export interface KnownProduct {
  readonly id: string
  readonly slug: string
  readonly digest: string | null
}

/** What the shop has of these already, locked until the batch is written. */
export async function productsKnown(
  tx: Tx<Tables>,
  { skus, slugs }: { skus: readonly string[]; slugs: readonly string[] },
): Promise<{ variants: KnownVariant[]; products: KnownProduct[] }> {
  const variants = await tx
    .selectFrom('product_variants')
    .where('sku', 'in', skus)
    .select(['id', 'sku', 'product_id as productId'])
    .execute()
  const ids = [...new Set(variants.map(({ productId }) => productId))]
  const products = await tx
    .selectFrom('products')
    .where((eb) =>
      eb.or([eb('slug', 'in', slugs), ...(ids.length > 0 ? [eb('id', 'in', ids)] : [])]),
    )
    .orderBy('id')
    .select(['id', 'slug', 'digest'])
    .forUpdate()
    .execute()
  return { variants, products }
}
