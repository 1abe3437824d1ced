import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import type { Looked } from '../db/sightings.ts'
import { assessOrder } from '../domain/assess-order.ts'
import type { OrderFacts } from '../domain/order-facts.ts'
import type { Past } from '../domain/past.ts'

const placed = z.object({
  customerId: z.uuid().nullable(),
  currency: z.string(),
  totalMinor: z.int(),
  country: z.string(),
  lines: z.array(z.object({ variantId: z.string(), productId: z.string(), quantity: z.int() })),
})

type Needs = Omit<Parameters<typeof assessOrder>[0], 'past'> & {
  sightings: { past(looked: Looked): Promise<Past> }
}

/**
 * An order that was placed while nobody assessed is assessed now, from the little that the event
 * tells: what is held then is held before it is sent. Orders may be asking still: its word counts more.
 */
export const onOrderPlaced = defineListener({
  event: 'orders.order-placed',
  data: placed,
  async run({ sightings, ...needs }: Needs, { aggregateId: orderId, data }) {
    const past = (id: string, facts: OrderFacts, now: Date) =>
      sightings.past({ orderId: id, facts, now })
    await assessOrder({ ...needs, past }, { orderId, facts: factsOf(data), isFromEvent: true })
  },
})

const factsOf = (data: z.output<typeof placed>): OrderFacts => ({
  total: { amountMinor: data.totalMinor, currency: data.currency },
  lines: data.lines,
  isGuest: data.customerId === null,
  accountAgeDays: null,
  emailVerified: null,
  previousOrders: null,
  emailDomain: null,
  shippingCountry: data.country,
  billingCountry: null,
  keys: { email: null, address: null, client: null, network: null, device: null, card: null },
})
