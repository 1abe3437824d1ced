import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import type { Seen } from '../db/sightings.ts'
import type { OrderFacts } from '../domain/order-facts.ts'

interface Needs {
  clock: Clock
  assessments: { factsOf(orderId: string): Promise<OrderFacts | null> }
  sightings: { saw(seen: Seen): Promise<void> }
}

/** Counts for whatever the order is known by; of an order that was never assessed nothing is known. */
export const onPaymentFailed = defineListener({
  event: 'payments.payment-failed',
  data: z.object({ orderId: z.uuid() }),
  async run(
    { clock, assessments, sightings }: Needs,
    { id: toldBy, occurredAt, data: { orderId } },
  ) {
    const facts = await assessments.factsOf(orderId)
    // By a clock that is ahead of ours it would lie in the future, where nobody looks.
    const now = new Date(Math.min(Date.parse(occurredAt), clock.now().getTime()))
    if (facts) await sightings.saw({ orderId, facts, now, what: 'FAILURE', toldBy })
  },
})
