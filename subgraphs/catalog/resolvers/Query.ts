import type { QueryResolvers } from './types.generated.ts'

export const Query: QueryResolvers = {
  products: (_, { filter, sort, ...page }, { list }) => list({ filter, sort, page }),
  productFacets: (_, { filter }, { facets }) => facets(filter),
  product: (_, key, { find }) => find.product(key),
  productsBySku: (_, { skus }, { find }) => find.productsBySku(skus),
  variants: (_, { ids }, { find }) => find.variants(ids),
  variantsBySku: (_, { skus }, { find }) => find.variantsBySku(skus),
  categories: (_, { parentId, depth }, { find }) => find.categories(parentId, depth),
  category: (_, key, { find }) => find.category(key),
  collections: (_, __, { shelves }) => shelves.allCollections(),
  collection: (_, key, { find }) => find.collection(key),
  featuredProducts: (_, { first }, { find }) => find.featured(first),
  tags: (_, { prefix, first }, { find }) => find.tags(prefix, first),
  brand: (_, key, { find }) => find.brand(key),
  seller: (_, key, { find }) => find.seller(key),
}
