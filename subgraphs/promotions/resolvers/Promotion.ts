import type { PromotionResolvers } from './types.generated.ts'

export const Promotion: PromotionResolvers = {
  __resolveReference: ({ id }, { promotionsById }) => promotionsById.load(id),
  vouchers: ({ id }, page, { vouchers }) => vouchers.of(id, page),
}
