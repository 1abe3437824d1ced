import type { FraudReviewDecidedResolvers } from './types.generated.ts'

export const FraudReviewDecided: FraudReviewDecidedResolvers = {
  review: ({ reviewId }, _, { reviewsById }) => reviewsById.load(reviewId),
}
