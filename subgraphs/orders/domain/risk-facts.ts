import type { Clock } from '@shop/kit/clock'
import { type Asked, networkOf } from '@shop/kit/identity'
import { isGuest, ownerIn } from './cart.ts'
import type { CheckoutInput } from './checkout-input.ts'
import type { PostalAddress } from './order.ts'
import type { RiskFacts } from './plan.ts'
import type { PricedLine } from './price.ts'
import type { Quote } from './quote.ts'

/** Keyed, so that whoever reads one cannot try addresses until it fits. */
export type Digests = (kind: string, text: string) => string

interface Needs extends Asked {
  clock: Clock
  digests: Digests
  address?: string | undefined
}

interface Known {
  /** Of the quote, who it was for and what was in it. */
  quote: {
    readonly asked: {
      readonly shopper: Pick<Quote['asked']['shopper'], 'accountCreatedAt' | 'emailVerified'>
    }
    readonly price: {
      readonly lines: readonly Pick<
        PricedLine,
        'variantId' | 'productId' | 'quantity' | 'unitPrice'
      >[]
    }
  }
  previousOrders: number
  input: Pick<CheckoutInput, 'email' | 'address' | 'billingAddress' | 'payment' | 'device'>
}

const dayMs = 86_400_000

/** What risk is told: the same person gives the same hashes, and nobody is to be read from them. */
export function riskFactsOf(needs: Needs, { quote, previousOrders, input }: Known): RiskFacts {
  const { digests, clock, address: network } = needs
  const { accountCreatedAt, emailVerified } = quote.asked.shopper
  const { address, billingAddress, payment, device } = input
  const email = input.email.toLowerCase()
  const ageMs = accountCreatedAt && clock.now().getTime() - Date.parse(accountCreatedAt)
  const method = payment.paymentMethodId ?? payment.savedMethodId
  return {
    lines: quote.price.lines.map(({ variantId, productId, quantity, unitPrice }) => ({
      variantId,
      productId,
      quantity,
      unitPriceMinor: unitPrice.amountMinor,
    })),
    isGuest: isGuest(ownerIn(needs)),
    accountAgeDays: ageMs === null || ageMs === '' ? null : Math.floor(ageMs / dayMs),
    emailVerified,
    previousOrders,
    emailHash: digests('email', email),
    emailDomain: email.split('@')[1] ?? '',
    addressHash: digests('postal', postalText(address)),
    addressNetworkHash: network ? digests('network', neighbourhoodOf(network)) : null,
    clientAddressHash: network ? digests('client', network) : null,
    shippingCountry: address.country,
    billingCountry: (billingAddress ?? address).country,
    deviceFingerprint: device ? digests('device', device) : null,
    paymentMethodHash: method ? digests('method', method) : null,
  }
}

/** As the same house is written by different hands. */
const postalText = ({ line1, line2, postalCode, city, country }: PostalAddress) =>
  [line1, line2 ?? '', postalCode, city, country]
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** What one household or office shares: of IPv6 the /64, of IPv4 the /24. */
function neighbourhoodOf(address: string): string {
  const network = networkOf(address)
  return network.includes('.') ? network.split('.').slice(0, 3).join('.') : network
}
