import type { OrderAssessedResolvers } from './types.generated.ts'

export const OrderAssessed: OrderAssessedResolvers = {
  decision: async ({ assessmentId }, _, { made }) => (await made(assessmentId)).decision,
  score: async ({ assessmentId }, _, { made }) => (await made(assessmentId)).score,
  reasons: async ({ assessmentId }, _, { made }) => (await made(assessmentId)).reasons,
  degraded: async ({ assessmentId }, _, { made }) => (await made(assessmentId)).degraded,
}
