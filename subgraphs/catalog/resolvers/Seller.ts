import type { SellerResolvers } from './types.generated.ts'

export const Seller: SellerResolvers = {
  __resolveReference: ({ id }, { byId }) => byId.seller.load(id),
}
