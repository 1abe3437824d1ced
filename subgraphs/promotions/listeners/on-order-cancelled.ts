import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  clock: Clock
  steps: { releaseOrder(orderId: string, now: Date): Promise<void> }
}

/** Also of one that was paid and then called off. What its undoing gave back is given back once. */
export const onOrderCancelled = defineListener({
  event: 'orders.order-cancelled',
  data: z.object({}),
  run: ({ clock, steps }: Needs, { aggregateId }) => steps.releaseOrder(aggregateId, clock.now()),
})
