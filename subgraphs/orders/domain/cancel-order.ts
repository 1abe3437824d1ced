import { NotFound } from '@shop/kit/errors'
import { hasScope, ownerOf } from '@shop/kit/identity'
import { lockedOf, type MoveNeeds, noteFrom, type OfOrder, positionOf } from './moves.ts'
import { mayMove, unfinished } from './order-machine.ts'

/**
 * While it is being made a cancel is a flag that the walk obeys; once it is paid the order is
 * cancelled here and now, and the walk gives back what it took.
 */
export async function cancelOrder(
  needs: MoveNeeds,
  { orderId, reason }: { orderId: string; reason?: string | null | undefined },
): Promise<OfOrder<'OrderCancelled' | 'OrderNotCancellable'>> {
  const order = await lockedOf(needs, orderId)
  const { identity, moves, clock } = needs
  const isOwn = ownerOf(identity) === order.owner
  if (!isOwn && !hasScope(identity, 'orders:write')) throw new NotFound('There is no such order.')
  const by = isOwn ? 'BY_SHOPPER' : 'BY_STAFF'
  const not = { kind: 'OrderNotCancellable', orderId } as const
  const at = clock.now()
  if (!mayMove(positionOf(order), 'CANCELLED')) return not
  if (!(await moves.flagCancel(orderId, by, at))) return not
  if (!unfinished.includes(order.status)) {
    const actor = isOwn ? 'SHOPPER' : 'STAFF'
    await moves.cancel(order, by, { at, by: actor, note: noteFrom(reason) })
  }
  needs.wake(orderId)
  return { kind: 'OrderCancelled', orderId }
}
