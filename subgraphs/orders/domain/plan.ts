import type { Money } from '@shop/kit/money'
import type { PriceCart } from './price.ts'

/**
 * What the steps of a checkout ask, decided when the order is placed and never again: the same key
 * always travels with the same input, whoever walks.
 */
export interface Plan {
  readonly total: Money
  readonly cart: PriceCart
  /** Of each line, as the shopper saw it. */
  readonly lineTotals: readonly number[]
  readonly payment: Payment
  readonly risk: RiskFacts
}

export interface Payment {
  readonly paymentMethodId: string | null
  readonly savedMethodId: string | null
}

/** Figures, codes and keyed hashes: no value of a person. */
export interface RiskFacts {
  readonly lines: readonly RiskLine[]
  readonly isGuest: boolean
  readonly accountAgeDays: number | null
  readonly emailVerified: boolean | null
  readonly previousOrders: number
  readonly emailHash: string
  readonly emailDomain: string
  readonly addressHash: string
  readonly addressNetworkHash: string | null
  readonly clientAddressHash: string | null
  readonly shippingCountry: string
  readonly billingCountry: string
  readonly deviceFingerprint: string | null
  readonly paymentMethodHash: string | null
}

interface RiskLine {
  readonly variantId: string
  readonly productId: string
  readonly quantity: number
  readonly unitPriceMinor: number
}
