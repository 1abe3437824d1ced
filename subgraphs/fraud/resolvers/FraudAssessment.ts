import { levelOf } from '../domain/level.ts'
import type { FraudAssessmentResolvers } from './types.generated.ts'

export const FraudAssessment: FraudAssessmentResolvers = {
  __resolveReference: ({ id }, { assessmentsById }) => assessmentsById.load(id),
  order: ({ orderId }) => ({ id: orderId }),
  level: ({ score }) => levelOf(score),
  review: ({ id }, _, { reviewOfAssessment }) => reviewOfAssessment.load(id),
}
