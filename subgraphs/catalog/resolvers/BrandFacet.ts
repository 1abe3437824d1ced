import type { BrandFacetResolvers } from './types.generated.ts'

export const BrandFacet: BrandFacetResolvers = {
  brand: ({ id }, _, { byId }) => byId.brand.load(id),
}
