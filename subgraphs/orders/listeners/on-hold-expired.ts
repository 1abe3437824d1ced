import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { isId } from '@shop/kit/ids'
import { z } from 'zod'

interface Needs {
  clock: Clock
  moves: { expire(orderId: string, at: Date): Promise<void> }
  wake(orderId: string): void
}

/** Inventory's own clock ran out first, as it does when nobody was there to watch ours. */
export const onHoldExpired = defineListener({
  event: 'inventory.hold-expired',
  data: z.object({ reference: z.string().nullable() }),
  run: async ({ clock, moves, wake }: Needs, { data: { reference } }) => {
    if (!reference || !isId(reference)) return
    await moves.expire(reference, clock.now())
    wake(reference)
  },
})
