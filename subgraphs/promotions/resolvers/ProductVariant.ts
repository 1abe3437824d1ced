import type { ProductVariantResolvers } from './types.generated.ts'

export const ProductVariant: ProductVariantResolvers = {
  offers: ({ id }, _, { offers }) => offers(id),
}
