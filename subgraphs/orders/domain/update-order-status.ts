import { BadUserInput, StaleVersion } from '@shop/kit/errors'
import { lockedOf, type MoveNeeds, noteFrom, type OfOrder, positionOf } from './moves.ts'
import type { OrderStatus } from './order.ts'
import { mayMove } from './order-machine.ts'

interface StatusUpdate {
  readonly orderId: string
  readonly status: OrderStatus
  readonly expectedVersion?: number | null | undefined
  readonly note?: string | null | undefined
}

export async function updateOrderStatus(
  needs: MoveNeeds,
  { orderId, status, expectedVersion, note }: StatusUpdate,
): Promise<OfOrder<'OrderMoved' | 'OrderNotMoved'>> {
  if (status !== 'PROCESSING' && status !== 'DELIVERED') {
    throw new BadUserInput('By hand it becomes PROCESSING or DELIVERED; the rest has its own.')
  }
  const order = await lockedOf(needs, orderId)
  if (expectedVersion && expectedVersion !== order.version) {
    throw new StaleVersion('Somebody changed it meanwhile.')
  }
  if (!mayMove(positionOf(order), status)) return { kind: 'OrderNotMoved', orderId }
  const move = { at: needs.clock.now(), by: 'STAFF', note: noteFrom(note) } as const
  await needs.moves.move(order, status, move)
  return { kind: 'OrderMoved', orderId }
}
