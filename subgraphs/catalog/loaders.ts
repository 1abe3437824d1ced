import { type Loader, loadAllBy, loadBy, loadById } from '@shop/kit/loader'
import type DataLoader from 'dataloader'
import type { Categories } from './db/categories.ts'
import type { Parts } from './db/parts.ts'
import type { Products } from './db/products.ts'
import type { Shelves } from './db/shelves.ts'
import type { Image } from './domain/picture.ts'
import type { Category, Collection, Named, Product, Seller, Variant } from './domain/product.ts'
import { isText } from './domain/slug.ts'

export interface Loaders {
  byId: {
    brand: Loader<string, Named>
    category: Loader<string, Category>
    collection: Loader<string, Collection>
    image: Loader<string, Image>
    product: Loader<string, Product>
    seller: Loader<string, Seller>
    tag: Loader<string, Named>
    variant: Loader<string, Variant>
  }
  bySku: { product: Loader<string, Product>; variant: Loader<string, Variant> }
  bySlug: Loader<string, Product>
  of: {
    children: DataLoader<string, Category[]>
    categories: DataLoader<string, (Category & { productId: string })[]>
    images: DataLoader<string, Image[]>
    tags: DataLoader<string, (Named & { productId: string })[]>
    variants: DataLoader<string, Variant[]>
  }
  counts: Loader<string, { id: string; count: number }>
}

interface Reads {
  categories: Categories
  shelves: Shelves
  products: Products
  parts: Parts
}

/** One statement for all that is asked of a kind in one tick. */
export function loadersOn({ categories, shelves, products, parts }: Reads): Loaders {
  return {
    byId: {
      brand: loadById((ids) => shelves.brands(ids), idOf),
      category: loadById((ids) => categories.byIds(ids), idOf),
      collection: loadById((ids) => shelves.collections(ids), idOf),
      image: loadById((ids) => parts.images(ids), idOf),
      product: loadById((ids) => products.byIds(ids), idOf),
      seller: loadById((ids) => shelves.sellers(ids), idOf),
      tag: loadById((ids) => shelves.tags(ids), idOf),
      variant: loadById((ids) => parts.variants(ids), idOf),
    },
    bySku: {
      product: loadByText((skus) => products.bySkus(skus), skuOf),
      variant: loadByText((skus) => parts.variantsBySku(skus), skuOf),
    },
    bySlug: loadByText(
      (slugs) => products.bySlugs(slugs),
      ({ slug }) => slug,
    ),
    of: {
      children: loadAllBy(
        (ids) => categories.childrenOf(ids),
        ({ parentId }) => parentId ?? '',
      ),
      categories: loadAllBy((ids) => parts.categoriesOf(ids), productIdOf),
      images: loadAllBy((ids) => parts.imagesOf(ids), productIdOf),
      tags: loadAllBy((ids) => parts.tagsOf(ids), productIdOf),
      variants: loadAllBy((ids) => parts.variantsOf(ids), productIdOf),
    },
    counts: loadById((ids) => categories.counts(ids), idOf),
  }
}

const idOf = ({ id }: { id: string }) => id
const productIdOf = ({ productId }: { productId: string }) => productId
const skuOf = ({ sku }: { sku: string }) => sku

/** What cannot stand in a column of text is not found, and not asked for. */
function loadByText<V>(
  find: (keys: readonly string[]) => Promise<readonly V[]>,
  keyOf: (value: V) => string,
): Loader<string, V> {
  return loadBy(async (keys) => {
    const texts = keys.filter(isText)
    return texts.length > 0 ? find(texts) : []
  }, keyOf)
}

/** For what is read after a change in the same request. */
export function forget({ byId, bySku, bySlug, of, counts }: Loaders): void {
  const all = [...Object.values(byId), ...Object.values(bySku), ...Object.values(of)]
  for (const loader of [...all, bySlug, counts]) loader.clearAll()
}
