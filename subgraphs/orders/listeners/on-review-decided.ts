import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  clock: Clock
  moves: { flagReview(orderId: string, to: 'RELEASED' | 'REJECTED', at: Date): Promise<boolean> }
  wake(orderId: string): void
}

/** The same flag that `releaseHeldOrder` and `rejectHeldOrder` set; the first word counts. */
export const onReviewDecided = defineListener({
  event: 'fraud.review-decided',
  data: z.object({ orderId: z.uuid(), decision: z.enum(['RELEASE', 'REJECT']) }),
  run: async ({ clock, moves, wake }: Needs, { data: { orderId, decision } }) => {
    await moves.flagReview(orderId, decision === 'RELEASE' ? 'RELEASED' : 'REJECTED', clock.now())
    wake(orderId)
  },
})
