import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  clock: Clock
  suspicions: { doubt(orderId: string, at: Date): Promise<void> }
}

/** An answer that came too late for the checkout is heeded all the same, as long as it can be. */
export const onFraudSuspected = defineListener({
  event: 'fraud.fraud-suspected',
  data: z.object({ orderId: z.uuid() }),
  run: ({ clock, suspicions }: Needs, { data: { orderId } }) =>
    suspicions.doubt(orderId, clock.now()),
})
