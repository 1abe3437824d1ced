import type { OrderResolvers } from './types.generated.ts'

export const Order: OrderResolvers = {
  fraudScore: async ({ id }, _, { assessmentOfOrder }) =>
    (await assessmentOfOrder.load(id))?.score ?? null,
  fraudAssessment: ({ id }, _, { assessmentOfOrder }) => assessmentOfOrder.load(id),
}
