import type { OfferResolvers } from './types.generated.ts'

export const Offer: OfferResolvers = {
  promotionId: ({ id }) => id,
}
