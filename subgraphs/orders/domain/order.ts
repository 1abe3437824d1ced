import type { Money } from '@shop/kit/money'
import type { CostStep } from './price.ts'

export type OrderStatus =
  | 'PENDING'
  | 'AWAITING_PAYMENT'
  | 'ON_HOLD'
  | 'CONFIRMED'
  | 'PROCESSING'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'CANCELLED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'

export type CancelReason =
  | 'DECLINED'
  | 'OUT_OF_STOCK'
  | 'PRICE_CHANGED'
  | 'VOUCHER'
  | 'NOT_SERVED'
  | 'REJECTED'
  | 'EXPIRED'
  | 'BY_SHOPPER'
  | 'BY_STAFF'
  | 'UNAVAILABLE'

export type Actor = 'SHOPPER' | 'STAFF' | 'SHOP'

export interface PostalAddress {
  readonly name: string
  readonly company?: string | null | undefined
  readonly line1: string
  readonly line2?: string | null | undefined
  readonly postalCode: string
  readonly city: string
  readonly region?: string | null | undefined
  readonly country: string
  readonly phone?: string | null | undefined
}

export interface Order {
  readonly id: string
  readonly number: string
  /** `user:<id>` or `guest:<id>`. */
  readonly owner: string
  readonly cartId: string
  readonly status: OrderStatus
  readonly cancelReason: CancelReason | null
  readonly currency: string
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly shippingMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
  readonly refundedMinor: number
  readonly pricesIncludeTax: boolean
  readonly voucherCodes: readonly string[]
  readonly explain: readonly CostStep[]
  readonly shippingMethodId: string | null
  readonly email: string
  readonly shippingAddress: PostalAddress
  readonly billingAddress: PostalAddress
  readonly country: string
  readonly placedAt: Date
  readonly paidAt: Date | null
  readonly shippedAt: Date | null
  readonly deliveredAt: Date | null
  /** Paid, and then doubted: no parcel leaves the house until staff let it go. */
  readonly withheldAt: Date | null
  readonly version: number
}

export interface OrderItem {
  readonly id: string
  readonly orderId: string
  readonly variantId: string
  readonly productId: string
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly currency: string
  readonly unitPriceMinor: number
  readonly discountMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
}

export interface OrderStage {
  readonly orderId: string
  readonly status: OrderStatus
  readonly at: Date
  readonly by: Actor
  readonly note: string | null
}

export interface Fulfillment {
  readonly id: string
  readonly orderId: string
  readonly carrier: string | null
  readonly trackingNumber: string | null
  readonly trackingUrl: string | null
  readonly shippedAt: Date
}

export interface FulfillmentItem {
  readonly fulfillmentId: string
  readonly orderId: string
  readonly itemId: string
  readonly quantity: number
}

/** Of several parcels of an order, what is in this one. */
export const sentIn = (
  { id }: Pick<Fulfillment, 'id'>,
  all: readonly FulfillmentItem[],
): FulfillmentItem[] => all.filter(({ fulfillmentId }) => fulfillmentId === id)

export function itemOf({ itemId }: FulfillmentItem, items: readonly OrderItem[]): OrderItem {
  const item = items.find(({ id }) => id === itemId)
  if (!item) throw new Error('A parcel has an item that its order has not.')
  return item
}

/**
 * The longest that a shopper is kept waiting; then the order is told as it stands. The gateway
 * waits for fifteen seconds and no longer.
 */
export const answerMs = 14_000

interface Ended {
  readonly placedAt: Date
  readonly endedAt: Date
  /** For the shopper's bank, or for staff. */
  readonly hasRested: boolean
}

/** Whether its shopper was given it to wait for, or was told on the spot that there is no order. */
export const isKnown = ({ placedAt, endedAt, hasRested }: Ended): boolean =>
  hasRested || endedAt.getTime() - placedAt.getTime() >= answerMs

const rests: readonly OrderStatus[] = ['AWAITING_PAYMENT', 'ON_HOLD']

/** Who was given an order hears by mail of its end, unless they ended it themselves. */
export function isMailed(order: Order, stages: readonly OrderStage[]): boolean {
  if (order.paidAt !== null) return true
  const ended = stages.find(({ status }) => status === 'CANCELLED')
  if (!ended || order.cancelReason === 'BY_SHOPPER') return false
  const hasRested = stages.some(({ status }) => rests.includes(status))
  return isKnown({ placedAt: order.placedAt, endedAt: ended.at, hasRested })
}

/** The account's id; null for a guest. */
export const customerOf = (owner: string): string | null =>
  owner.startsWith('user:') ? owner.slice('user:'.length) : null

export const moneyOf = ({ currency }: { currency: string }, amountMinor: number): Money => ({
  amountMinor,
  currency,
})

export const addressLines = (address: PostalAddress): string[] =>
  [
    address.company,
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}`,
    address.region,
    address.country,
  ].filter((line) => typeof line === 'string' && line !== '') as string[]
