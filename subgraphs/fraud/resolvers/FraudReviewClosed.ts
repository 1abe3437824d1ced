import type { FraudReviewClosedResolvers } from './types.generated.ts'

export const FraudReviewClosed: FraudReviewClosedResolvers = {
  review: ({ reviewId }, _, { reviewsById }) => reviewsById.load(reviewId),
}
