import type { Money } from '@shop/kit/money'
import type { PostalAddress } from './order.ts'

export interface CheckoutInput {
  readonly idempotencyKey: string
  readonly cartId: string
  readonly quoteId: string
  readonly expectedTotal: Money
  readonly address: PostalAddress
  readonly billingAddress?: PostalAddress | null | undefined
  readonly shippingMethodId?: string | null | undefined
  readonly payment: {
    readonly paymentMethodId?: string | null | undefined
    readonly savedMethodId?: string | null | undefined
  }
  readonly email: string
  readonly device?: string | null | undefined
}
