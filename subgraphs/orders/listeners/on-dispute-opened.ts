import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  clock: Clock
  suspicions: { withhold(orderId: string, at: Date): Promise<void> }
}

/** The bank has the money back, until it is decided: what has not been sent is not sent now. */
export const onDisputeOpened = defineListener({
  event: 'payments.dispute-opened',
  data: z.object({ orderId: z.uuid() }),
  run: ({ clock, suspicions }: Needs, { data: { orderId } }) =>
    suspicions.withhold(orderId, clock.now()),
})
