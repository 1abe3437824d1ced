import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Review } from './assessment.ts'

export type ReviewDecision = 'RELEASE' | 'REJECT'

export interface Settled {
  readonly orderId: string
  readonly decision: ReviewDecision
  readonly by: string
  readonly at: Date
  readonly note: string | null
}

interface Needs extends Asked {
  clock: Clock
  reviews: {
    ofOrder(orderId: string): Promise<Review | null>
    /** False where somebody was quicker. Tells of it in the same transaction. */
    settle(settled: Settled): Promise<boolean>
  }
}

interface Deciding {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly decision: ReviewDecision
  readonly note?: string | null | undefined
}

export async function decideFraudReview(needs: Needs, input: Deciding) {
  const { orderId, decision, note = null } = input
  if (note && note.length > 500) throw new BadUserInput('A note has at most 500 characters.')
  const review = isId(orderId) ? await needs.reviews.ofOrder(orderId) : null
  if (!review) throw new NotFound('Of this order nothing is to be reviewed.')
  const settled = { orderId, decision, note, by: viewerIn(needs), at: needs.clock.now() }
  const isOurs = await needs.reviews.settle(settled)
  const kind = isOurs ? 'FraudReviewDecided' : 'FraudReviewClosed'
  return { kind, reviewId: review.id } as const
}
