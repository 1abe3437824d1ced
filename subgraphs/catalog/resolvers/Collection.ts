import type { CollectionResolvers } from './types.generated.ts'

export const Collection: CollectionResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.collection.load(id),
  products: ({ id }, page, { products }) => products.inCollection(id, page),
}
