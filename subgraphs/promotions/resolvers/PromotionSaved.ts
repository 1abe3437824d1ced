import type { PromotionSavedResolvers } from './types.generated.ts'

export const PromotionSaved: PromotionSavedResolvers = {
  promotion: ({ promotionId }, _, { promotionsById }) => promotionsById.load(promotionId),
}
