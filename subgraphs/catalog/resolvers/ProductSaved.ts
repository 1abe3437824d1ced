import type { ProductSavedResolvers } from './types.generated.ts'

export const ProductSaved: ProductSavedResolvers = {
  product: ({ productId }, _, { byId }) => byId.product.load(productId),
}
