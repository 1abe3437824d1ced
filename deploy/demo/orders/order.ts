import type { Address } from '../people/customers.ts'
import type { Fraud } from './frauds.ts'

export interface OrderLine {
  readonly id: string
  readonly productId: string
  readonly variantId: string
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly unitPriceMinor: number
  /** Of the whole line. */
  readonly discountMinor: number
  /** What the line cost: quantity × unit price − discount, tax included. */
  readonly totalMinor: number
  readonly taxRateBps: number
  /** The part of the total that is tax. */
  readonly taxMinor: number
  readonly promotionId: string | null
}

export interface Return {
  readonly lineId: string
  readonly quantity: number
  readonly reason: string
  readonly openedAt: Date
  readonly receivedAt: Date | null
  readonly refundMinor: number
}

export interface Device {
  /** Of 198.18.0.0/15, which RFC 2544 keeps from the Internet; the network is its first three bytes. */
  readonly ipAddress: string
  readonly fingerprint: string
  readonly kind: 'phone' | 'tablet' | 'computer'
}

export interface Card {
  readonly brand: 'visa' | 'mastercard' | 'amex'
  readonly last4: string
}

/** The same basket, paid for in vain before: the bank said no, or was never answered. */
export interface Try {
  readonly id: string
  readonly placedAt: Date
  readonly outcome: 'DECLINED' | 'ABANDONED'
  readonly card: Card
}

export interface Order {
  readonly id: string
  readonly number: string
  /** Null for a guest. */
  readonly customerId: string | null
  readonly email: string
  readonly placedAt: Date
  readonly status:
    | 'CONFIRMED'
    | 'PROCESSING'
    | 'SHIPPED'
    | 'DELIVERED'
    | 'CANCELLED'
    | 'REFUNDED'
    | 'PARTIALLY_REFUNDED'
  readonly currency: 'EUR'
  readonly address: Address
  readonly lines: readonly OrderLine[]
  /** Before discounts. */
  readonly subtotalMinor: number
  readonly discountMinor: number
  readonly shippingMinor: number
  /** The part of the total that is tax, that of shipping included. */
  readonly taxMinor: number
  readonly totalMinor: number
  readonly refundedMinor: number
  readonly shippingMethod: 'standard' | 'express'
  readonly cancelledAt: Date | null
  readonly shippedAt: Date | null
  readonly deliveredAt: Date | null
  readonly returns: readonly Return[]
  readonly device: Device
  readonly card: Card
  /** Taken off the shipping, which is what is left of it. */
  readonly voucher: { readonly id: string; readonly code: string; readonly offMinor: number } | null
  readonly tries: readonly Try[]
  /** The truth of it, whether or not it was reported yet. */
  readonly fraud: Fraud | null
}
