import { compareAtPriceOf, priceOf } from '../domain/price.ts'
import type { ProductVariantResolvers } from './types.generated.ts'

export const ProductVariant: ProductVariantResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.variant.load(id),
  product: (part, _, { productOf }) => productOf(part),
  price: (variant) => priceOf(variant),
  compareAtPrice: (variant) => compareAtPriceOf(variant),
  isArchived: ({ archivedAt }) => archivedAt !== null,
}
