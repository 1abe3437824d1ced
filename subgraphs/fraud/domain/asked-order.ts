import { BadUserInput } from '@shop/kit/errors'
import { isId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import type { OrderFacts, OrderLine } from './order-facts.ts'

type Maybe<T> = T | null | undefined

/** As orders asks. */
export interface AskedOrder {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly total: Money
  readonly lines: readonly (OrderLine & { readonly unitPriceMinor: number })[]
  readonly isGuest: boolean
  readonly accountAgeDays?: Maybe<number>
  readonly emailVerified?: Maybe<boolean>
  readonly previousOrders: number
  readonly emailHash: string
  readonly emailDomain: string
  readonly addressHash: string
  readonly addressNetworkHash?: Maybe<string>
  readonly clientAddressHash?: Maybe<string>
  readonly shippingCountry: string
  readonly billingCountry?: Maybe<string>
  readonly deviceFingerprint?: Maybe<string>
  readonly paymentMethodHash?: Maybe<string>
}

export function factsFrom(asked: AskedOrder): OrderFacts {
  const { lines, total } = asked
  if (!isId(asked.orderId)) throw new BadUserInput('This is no id of an order.')
  if (lines.length < 1 || lines.length > 100) throw new BadUserInput('An order has 1 to 100 lines.')
  if (total.amountMinor < 0) throw new BadUserInput('No order costs less than nothing.')
  return {
    total,
    lines: lines.map(({ variantId, productId, quantity }) => ({ variantId, productId, quantity })),
    isGuest: asked.isGuest,
    accountAgeDays: asked.accountAgeDays ?? null,
    emailVerified: asked.emailVerified ?? null,
    previousOrders: asked.previousOrders,
    emailDomain: short(asked.emailDomain),
    shippingCountry: short(asked.shippingCountry) ?? '',
    billingCountry: short(asked.billingCountry),
    keys: {
      email: short(asked.emailHash),
      address: short(asked.addressHash),
      client: short(asked.clientAddressHash),
      network: short(asked.addressNetworkHash),
      device: short(asked.deviceFingerprint),
      card: short(asked.paymentMethodHash),
    },
  }
}

/** Empty is not known. */
function short(text: Maybe<string>): string | null {
  if (text && text.length > 200) throw new BadUserInput('A hash has at most 200 characters.')
  return text || null
}
