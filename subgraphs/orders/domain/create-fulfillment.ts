import { BadUserInput } from '@shop/kit/errors'
import { newId } from '@shop/kit/ids'
import { lockedOf, type MoveNeeds, type OfOrder, type ParcelLine, positionOf } from './moves.ts'
import type { OrderStatus } from './order.ts'
import { mayMove } from './order-machine.ts'

interface Shipping {
  readonly orderId: string
  readonly lines?: readonly ParcelLine[]
  readonly carrier?: string | null | undefined
  readonly trackingNumber?: string | null | undefined
  readonly trackingUrl?: string | null | undefined
}

export interface FulfillmentCreated extends OfOrder<'FulfillmentCreated'> {
  readonly fulfillmentId: string
}

const shippable: readonly OrderStatus[] = [
  'CONFIRMED',
  'PROCESSING',
  'SHIPPED',
  'PARTIALLY_REFUNDED',
]

/** The first parcel makes the order one that is on its way; there may be more of them. */
export async function createFulfillment(
  needs: MoveNeeds,
  { orderId, lines = [], ...rest }: Shipping,
): Promise<FulfillmentCreated | OfOrder<'NotToBeShipped'>> {
  const order = await lockedOf(needs, orderId)
  const { moves, clock } = needs
  const left = await moves.leftOf(orderId)
  const sent = lines.length > 0 ? lines : all(left)
  const fits = sent.every(
    (line) => line.quantity > 0 && line.quantity <= (left.get(line.itemId) ?? 0),
  )
  const isOnce = new Set(sent.map(({ itemId }) => itemId)).size === sent.length
  const isShippable = shippable.includes(order.status) && order.withheldAt === null
  if (!isShippable || sent.length === 0 || !fits || !isOnce) {
    return { kind: 'NotToBeShipped', orderId }
  }
  const parcel = { id: newId(), shippedAt: clock.now(), lines: sent, ...labelFrom(rest) }
  if (mayMove(positionOf(order), 'SHIPPED')) {
    await moves.move(order, 'SHIPPED', { at: parcel.shippedAt, by: 'STAFF' })
  }
  await moves.ship(order, parcel)
  return { kind: 'FulfillmentCreated', orderId, fulfillmentId: parcel.id }
}

const all = (left: ReadonlyMap<string, number>): ParcelLine[] =>
  [...left]
    .filter(([, quantity]) => quantity > 0)
    .map(([itemId, quantity]) => ({ itemId, quantity }))

function labelFrom({ carrier, trackingNumber, trackingUrl }: Omit<Shipping, 'orderId' | 'lines'>) {
  if (trackingUrl && !/^https:\/\/[^\s]{1,500}$/.test(trackingUrl)) {
    throw new BadUserInput('`trackingUrl` is an https address.')
  }
  if ((carrier ?? '').length > 100 || (trackingNumber ?? '').length > 100) {
    throw new BadUserInput('At most 100 characters.')
  }
  return {
    carrier: carrier ?? null,
    trackingNumber: trackingNumber ?? null,
    trackingUrl: trackingUrl ?? null,
  }
}
