import type { FraudReviewResolvers } from './types.generated.ts'

export const FraudReview: FraudReviewResolvers = {
  __resolveReference: ({ id }, { reviewsById }) => reviewsById.load(id),
  assessment: ({ assessmentId }, _, { assessment }) => assessment(assessmentId),
}
