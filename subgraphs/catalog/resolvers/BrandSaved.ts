import type { BrandSavedResolvers } from './types.generated.ts'

export const BrandSaved: BrandSavedResolvers = {
  brand: ({ brandId }, _, { byId }) => byId.brand.load(brandId),
}
