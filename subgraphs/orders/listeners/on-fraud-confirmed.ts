import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  clock: Clock
  suspicions: { condemn(orderId: string, at: Date): Promise<void> }
  wake(orderId: string): void
}

/** Money that was taken is not given back by this: the card's holder may have had it back from the bank. */
export const onFraudConfirmed = defineListener({
  event: 'fraud.fraud-confirmed',
  data: z.object({ orderId: z.uuid() }),
  run: async ({ clock, suspicions, wake }: Needs, { data: { orderId } }) => {
    await suspicions.condemn(orderId, clock.now())
    wake(orderId)
  },
})
