import { fillOnce } from '@shop/kit/bulk'
import { guestNamed, userNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { countOn, hasOrder, writePast } from './db/past-orders.ts'
import type { Tables } from './db/schema.ts'
import { digestsBy } from './digests.ts'
import { customerOf } from './domain/order.ts'
import type { PastOrder } from './domain/past-order.ts'
import type { RiskFacts } from './domain/plan.ts'
import { riskFactsOf } from './domain/risk-facts.ts'

export type { PastOrder } from './domain/past-order.ts'

type Needs = Pick<Standing, 'clock' | 'keys' | 'log'>

/** All of them, or none: what was cut off is not there, and what is there is not written again. */
export async function fillOrders(
  batches: AsyncIterable<readonly PastOrder[]>,
  { databaseUrl }: { readonly databaseUrl: string },
  standing: Needs,
): Promise<void> {
  const digests = digestsBy(standing.keys('order-digest:1'))
  const emailHash = (email: string) => digests('email', email.toLowerCase())
  await fillOnce<Tables, PastOrder>(
    {
      ...{ subgraph: 'orders', databaseUrl, batches },
      isThere: (tx, { id }) => hasOrder(tx, id),
      write: (tx, batch) => writePast(tx, batch, emailHash),
      finish: countOn,
    },
    standing,
  )
}

type Told = Omit<PastOrder, 'risk' | 'checkout' | 'stages' | 'parcel'>

interface Known {
  readonly previousOrders: number
  readonly accountCreatedAt: Date | null
  readonly emailVerified: boolean | null
  /** The network address, and the device's own name. */
  readonly address: string
  readonly device: string
}

/** What risk would have been told of it, in the same hashes as of those to come. */
export function riskFactsBy({ keys }: Pick<Standing, 'keys'>) {
  const digests = digestsBy(keys('order-digest:1'))
  return (
    told: Pick<Told, 'owner' | 'placedAt' | 'items' | 'currency' | 'email'> &
      Pick<Told, 'shippingAddress' | 'paymentMethodId'>,
    known: Known,
  ): RiskFacts => {
    const { owner, placedAt, items, currency, email, shippingAddress, paymentMethodId } = told
    const userId = customerOf(owner)
    const identity = userId ? userNamed(userId) : guestNamed(owner.slice('guest:'.length))
    const lines = items.map(({ variantId, productId, quantity, unitPriceMinor }) => ({
      ...{ variantId, productId, quantity },
      unitPrice: { amountMinor: unitPriceMinor, currency },
    }))
    const { accountCreatedAt, emailVerified, previousOrders, address, device } = known
    const shopper = { accountCreatedAt: accountCreatedAt?.toISOString() ?? null, emailVerified }
    const payment = { paymentMethodId }
    return riskFactsOf(
      { identity, digests, address, clock: { now: () => placedAt } },
      {
        previousOrders,
        quote: { asked: { shopper }, price: { lines } },
        input: { email, payment, device, address: shippingAddress },
      },
    )
  }
}
