import type { Money } from '@shop/kit/money'

/** What is known of an order when it is assessed: hashes, figures and codes. */
export interface OrderFacts {
  readonly total: Money
  readonly lines: readonly OrderLine[]
  readonly isGuest: boolean
  readonly accountAgeDays: number | null
  readonly emailVerified: boolean | null
  readonly previousOrders: number | null
  readonly emailDomain: string | null
  readonly shippingCountry: string
  readonly billingCountry: string | null
  readonly keys: Keys
}

export interface OrderLine {
  readonly variantId: string
  readonly productId: string
  readonly quantity: number
}

/** By what an order is known again. Each is the hash that orders made of it. */
export interface Keys {
  readonly email: string | null
  readonly address: string | null
  readonly client: string | null
  readonly network: string | null
  readonly device: string | null
  readonly card: string | null
}

export type KeyKind = keyof Keys
