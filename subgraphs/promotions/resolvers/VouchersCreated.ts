import type { VouchersCreatedResolvers } from './types.generated.ts'

export const VouchersCreated: VouchersCreatedResolvers = {
  promotion: ({ promotionId }, _, { promotionsById }) => promotionsById.load(promotionId),
}
