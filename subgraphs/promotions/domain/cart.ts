import type { Money } from '@shop/kit/money'

/** What is known of a variant by its owner. */
export interface Good {
  readonly variantId: string
  readonly productId: string
  /** From the root to the category, the product's first category first. */
  readonly categoryPaths: readonly (readonly string[])[]
  readonly price: Money
  /** 0 where it is not known. */
  readonly weightGrams: number
  readonly isSold: boolean
}

export interface Cart {
  readonly lines: readonly {
    readonly id: string
    readonly variantId: string
    readonly quantity: number
  }[]
  readonly currency: string
  readonly country?: string | null | undefined
  readonly region?: string | null | undefined
  readonly shippingMethodId?: string | null | undefined
  readonly voucherCodes?: readonly string[] | undefined
  /** Orders knows it. */
  readonly isFirstOrder: boolean
}

export interface PricedLine {
  readonly id: string
  readonly variantId: string
  readonly productId: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly subtotal: Money
  readonly discount: Money
  readonly tax: Money
  readonly total: Money
  readonly taxRateBps: number
}

export interface PriceDiscount {
  readonly promotionId: string
  readonly name: string
  readonly voucherCode: string | null
  readonly amount: Money
}

export interface PriceTax {
  readonly rateBps: number
  readonly country: string
  readonly region: string | null
  readonly amount: Money
}

export type PriceStepKind =
  | 'LIST'
  | 'DISCOUNT'
  | 'SHIPPING'
  | 'SHIPPING_DISCOUNT'
  | 'TAX'
  | 'TAX_INCLUDED'

export interface PriceStep {
  readonly kind: PriceStepKind
  readonly label: string
  readonly lineId: string | null
  readonly amount: Money
}

export interface CartPrice {
  readonly lines: readonly PricedLine[]
  readonly subtotal: Money
  readonly discount: Money
  readonly shipping: Money
  readonly tax: Money
  readonly total: Money
  readonly pricesIncludeTax: boolean
  readonly shippingMethodId: string | null
  readonly discounts: readonly PriceDiscount[]
  readonly taxes: readonly PriceTax[]
  readonly explain: readonly PriceStep[]
}

export interface CartPriced {
  readonly kind: 'CartPriced'
  readonly price: CartPrice
}

export type VoucherRefusal =
  | 'UNKNOWN'
  | 'EXPIRED'
  | 'NOT_YET'
  | 'USED_UP'
  | 'USED_BY_SHOPPER'
  | 'NOT_MET'

export interface VoucherRefused {
  readonly kind: 'VoucherRefused'
  readonly code: string
  readonly reason: VoucherRefusal
}

export interface DestinationNotServed {
  readonly kind: 'DestinationNotServed'
  readonly country: string
}

export interface VariantsNotSold {
  readonly kind: 'VariantsNotSold'
  readonly variantIds: readonly string[]
}

export type Refused = VoucherRefused | DestinationNotServed | VariantsNotSold

/** A line of a cart with what is known of it, at its list price. */
export interface Line {
  readonly id: string
  readonly quantity: number
  readonly good: Good
  readonly subtotalMinor: number
}

export const sum = (amounts: readonly number[]): number =>
  amounts.reduce((all, each) => all + each, 0)
