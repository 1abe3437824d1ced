import type { SellerSavedResolvers } from './types.generated.ts'

export const SellerSaved: SellerSavedResolvers = {
  seller: ({ sellerId }, _, { byId }) => byId.seller.load(sellerId),
}
