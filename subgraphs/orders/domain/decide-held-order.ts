import { lockedOf, type MoveNeeds, type OfOrder } from './moves.ts'

const decideHeld =
  (to: 'RELEASED' | 'REJECTED') =>
  async (
    needs: MoveNeeds,
    { orderId }: { orderId: string },
  ): Promise<OfOrder<'OrderMoved' | 'OrderNotMoved'>> => {
    await lockedOf(needs, orderId)
    const { moves, clock } = needs
    const isFlagged = await moves.flagReview(orderId, to, clock.now())
    const isDecided = isFlagged || (to === 'RELEASED' && (await moves.letGo(orderId)))
    if (!isDecided) return { kind: 'OrderNotMoved', orderId }
    needs.wake(orderId)
    return { kind: 'OrderMoved', orderId }
  }

/** Looked at and found good: what is authorized is captured, what was kept back may be sent. */
export const releaseHeldOrder = decideHeld('RELEASED')

/** Looked at and found bad: stock, voucher and authorization go back. */
export const rejectHeldOrder = decideHeld('REJECTED')
