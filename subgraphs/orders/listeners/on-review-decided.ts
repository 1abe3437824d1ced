import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import type { Moves } from '../domain/moves.ts'

interface Needs {
  clock: Clock
  moves: Pick<Moves, 'flagReview' | 'letGo'>
  wake(orderId: string): void
}

/** The same flag that `releaseHeldOrder` and `rejectHeldOrder` set; the first word counts. */
export const onReviewDecided = defineListener({
  event: 'fraud.review-decided',
  data: z.object({ orderId: z.uuid(), decision: z.enum(['RELEASE', 'REJECT']) }),
  run: async ({ clock, moves, wake }: Needs, { data: { orderId, decision } }) => {
    const to = decision === 'RELEASE' ? 'RELEASED' : 'REJECTED'
    const isFlagged = await moves.flagReview(orderId, to, clock.now())
    if (!isFlagged && to === 'RELEASED') await moves.letGo(orderId)
    wake(orderId)
  },
})
