import { type MoveNeeds, positionOf } from './moves.ts'
import type { Order } from './order.ts'
import { mayMove } from './order-machine.ts'

/** What came back of the money, as payments adds it up: the same told twice changes nothing. */
export async function recordRefund(
  { moves, clock }: Pick<MoveNeeds, 'moves' | 'clock'>,
  { orderId, refundedMinor, capturedMinor }: Refunded,
): Promise<Order | null> {
  const order = await moves.lock(orderId)
  if (!order || refundedMinor <= order.refundedMinor) return null
  const status = refundedMinor >= capturedMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  const isTold = mayMove(positionOf(order), status)
  const move = { at: clock.now(), by: 'SHOP' } as const
  await moves.refund(order, { refundedMinor, status: isTold ? status : null }, move)
  return order
}

interface Refunded {
  readonly orderId: string
  readonly refundedMinor: number
  readonly capturedMinor: number
}
