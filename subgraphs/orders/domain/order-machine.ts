import type { OrderStatus } from './order.ts'

/** Of an order, what its next move depends on. */
export interface OrderPosition {
  readonly status: OrderStatus
  readonly isShipped: boolean
  readonly isDelivered: boolean
}

/**
 * Where an order can go from where it is. CANCELLED and REFUNDED stay. A refund of a part is a
 * status of its own, from which parcels go on as before.
 */
const moves: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['AWAITING_PAYMENT', 'ON_HOLD', 'CONFIRMED', 'CANCELLED'],
  AWAITING_PAYMENT: ['ON_HOLD', 'CONFIRMED', 'CANCELLED'],
  ON_HOLD: ['CONFIRMED', 'CANCELLED'],
  CONFIRMED: ['PROCESSING', 'SHIPPED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  PROCESSING: ['SHIPPED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  SHIPPED: ['DELIVERED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  DELIVERED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  PARTIALLY_REFUNDED: [
    'PROCESSING',
    'SHIPPED',
    'DELIVERED',
    'CANCELLED',
    'PARTIALLY_REFUNDED',
    'REFUNDED',
  ],
  CANCELLED: [],
  REFUNDED: [],
}

export const unfinished: readonly OrderStatus[] = ['PENDING', 'AWAITING_PAYMENT', 'ON_HOLD']

/** Of which nothing more is to come. */
export const closed: readonly OrderStatus[] = ['DELIVERED', 'CANCELLED', 'REFUNDED']

export function mayMove({ status, isShipped, isDelivered }: OrderPosition, to: OrderStatus) {
  if (!moves[status].includes(to)) return false
  switch (to) {
    // What has left the house is sent back, not cancelled.
    case 'CANCELLED':
    case 'PROCESSING':
    case 'SHIPPED':
      return !isShipped
    case 'DELIVERED':
      return isShipped && !isDelivered
    default:
      return true
  }
}

/** What a person may do by hand: parcels and money have mutations of their own. */
const byHand: readonly OrderStatus[] = ['PROCESSING', 'SHIPPED', 'DELIVERED', 'CANCELLED']

export const availableMoves = (position: OrderPosition): OrderStatus[] =>
  byHand.filter((to) => mayMove(position, to))

export const statusesBefore = (to: OrderStatus): OrderStatus[] =>
  (Object.keys(moves) as OrderStatus[]).filter((from) => moves[from].includes(to))
