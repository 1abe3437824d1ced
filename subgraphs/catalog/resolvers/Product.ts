import { cheapest } from '../domain/price.ts'
import type { ProductResolvers } from './types.generated.ts'

export const Product: ProductResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.product.load(id),
  brand: ({ brandId }, _, { byId }) => (brandId ? byId.brand.load(brandId) : null),
  seller: ({ sellerId }, _, { byId }) => (sellerId ? byId.seller.load(sellerId) : null),
  category: async ({ id }, _, { of }) => (await of.categories.load(id))[0] ?? null,
  categories: ({ id }, _, { of }) => of.categories.load(id),
  tags: ({ id }, _, { of }) => of.tags.load(id),
  variants: ({ id }, _, { of }) => of.variants.load(id),
  images: ({ id }, _, { of }) => of.images.load(id),
  image: async ({ id }, _, { of }) => (await of.images.load(id))[0] ?? null,
  priceFrom: async ({ id }, _, { of }) => cheapest(await of.variants.load(id)),
}
