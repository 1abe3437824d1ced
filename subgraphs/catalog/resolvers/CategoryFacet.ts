import type { CategoryFacetResolvers } from './types.generated.ts'

export const CategoryFacet: CategoryFacetResolvers = {
  category: ({ id }, _, { byId }) => byId.category.load(id),
}
