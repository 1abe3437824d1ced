import type { CollectionSavedResolvers } from './types.generated.ts'

export const CollectionSaved: CollectionSavedResolvers = {
  collection: ({ collectionId }, _, { byId }) => byId.collection.load(collectionId),
}
