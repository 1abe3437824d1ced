import type { Clock } from '@shop/kit/clock'
import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import type { Moves } from '../domain/moves.ts'
import { recordRefund } from '../domain/record-refund.ts'

interface Needs {
  clock: Clock
  moves: Moves
  told(orderId: string): void
}

/** Payments adds up what went back; an order shows the sum, and what it makes of the order. */
export const onRefundSettled = defineListener({
  event: 'payments.refund-settled',
  data: z.object({ orderId: z.uuid(), refundedMinor: z.int(), capturedMinor: z.int() }),
  run: async ({ clock, moves, told }: Needs, { data }) => {
    await recordRefund({ clock, moves }, data)
    told(data.orderId)
  },
})
