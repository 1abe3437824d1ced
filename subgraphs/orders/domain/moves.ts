import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Actor, CancelReason, Order, OrderStatus } from './order.ts'
import type { OrderPosition } from './order-machine.ts'

export interface Move {
  readonly at: Date
  readonly by: Actor
  readonly note?: string | null | undefined
}

export interface Parcel {
  readonly id: string
  readonly carrier: string | null
  readonly trackingNumber: string | null
  readonly trackingUrl: string | null
  readonly shippedAt: Date
  readonly lines: readonly ParcelLine[]
}

export interface ParcelLine {
  readonly itemId: string
  readonly quantity: number
}

export interface MoneyBack {
  readonly refundedMinor: number
  /** Null where the status says more than a refund would. */
  readonly status: OrderStatus | null
}

/** All of it in the transaction of whoever called `lock`. */
export interface Moves {
  lock(orderId: string): Promise<Order | null>
  move(order: Order, to: OrderStatus, move: Move): Promise<void>
  cancel(order: Order, reason: CancelReason, move: Move): Promise<void>
  flagCancel(orderId: string, by: 'BY_SHOPPER' | 'BY_STAFF', at: Date): Promise<boolean>
  flagReview(orderId: string, to: 'RELEASED' | 'REJECTED', at: Date): Promise<boolean>
  /** Of one that is paid and was kept back: it may leave the house. False where it was not. */
  letGo(orderId: string): Promise<boolean>
  leftOf(orderId: string): Promise<Map<string, number>>
  ship(order: Order, parcel: Parcel): Promise<void>
  refund(order: Order, back: MoneyBack, move: Move): Promise<void>
}

export interface MoveNeeds extends Asked {
  clock: Clock
  moves: Moves
  /** The walk of this order looks at its flags, once this is committed. */
  wake(orderId: string): void
}

export interface OfOrder<K extends string> {
  readonly kind: K
  readonly orderId: string
}

export const positionOf = ({ status, shippedAt, deliveredAt }: Order): OrderPosition => ({
  status,
  isShipped: shippedAt !== null,
  isDelivered: deliveredAt !== null,
})

export async function lockedOf({ moves }: MoveNeeds, orderId: string): Promise<Order> {
  const order = isId(orderId) ? await moves.lock(orderId) : null
  if (!order) throw new NotFound('There is no such order.')
  return order
}

export function noteFrom(text: string | null | undefined): string | null {
  if ((text ?? '').length > 500) throw new BadUserInput('At most 500 characters.')
  return text ?? null
}
