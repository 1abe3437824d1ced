import type { Money } from '@shop/kit/money'

/** What promotions says that a cart costs. */
export interface CartPrice {
  readonly lines: readonly PricedLine[]
  readonly subtotal: Money
  readonly discount: Money
  readonly shipping: Money
  readonly tax: Money
  readonly total: Money
  readonly pricesIncludeTax: boolean
  readonly shippingMethodId: string | null
  readonly discounts: readonly AppliedDiscount[]
  readonly explain: readonly PriceStep[]
}

export interface PricedLine {
  readonly id: string
  readonly variantId: string
  readonly productId: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly discount: Money
  readonly tax: Money
  readonly total: Money
}

export interface AppliedDiscount {
  readonly name: string
  readonly voucherCode: string | null
  readonly amount: Money
}

export interface PriceStep {
  readonly label: string
  readonly kind: string
  readonly lineId: string | null
  readonly amount: Money
}

export interface CostStep {
  readonly label: string
  readonly kind: string
  readonly itemId: string | null
  readonly amount: Money
}

export const costStepsOf = (steps: readonly PriceStep[]): CostStep[] =>
  steps.map(({ label, kind, lineId, amount }) => ({ label, kind, itemId: lineId, amount }))

/** What promotions would not price, in the words that a shopper is answered in. */
export type NotPriced =
  | { readonly kind: 'VoucherNotUsable'; readonly code: string; readonly reason: VoucherProblem }
  | { readonly kind: 'AddressNotServed'; readonly country: string }
  | { readonly kind: 'ItemsNotSold'; readonly variantIds: readonly string[] }

export type VoucherProblem =
  | 'UNKNOWN'
  | 'EXPIRED'
  | 'NOT_YET'
  | 'USED_UP'
  | 'USED_BY_SHOPPER'
  | 'NOT_MET'

export type Priced = { readonly kind: 'Priced'; readonly price: CartPrice } | NotPriced

export interface PriceLine {
  readonly id: string
  readonly variantId: string
  readonly quantity: number
}

/** As promotions is asked. */
export interface PriceCart {
  readonly lines: readonly PriceLine[]
  readonly currency: string
  readonly country: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly shippingMethodId: string | null
  readonly voucherCodes: readonly string[]
  readonly isFirstOrder: boolean
}
