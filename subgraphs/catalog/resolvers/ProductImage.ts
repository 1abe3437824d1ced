import type { ProductImageResolvers } from './types.generated.ts'

export const ProductImage: ProductImageResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.image.load(id),
  product: (part, _, { productOf }) => productOf(part),
  isPrimary: async ({ id, productId }, _, { of }) =>
    (await of.images.load(productId))[0]?.id === id,
  url: (image, wanted, { pictures }) => pictures.urlOf(image, wanted),
}
