import { defineListener } from '@shop/kit/events'
import { z } from 'zod'

interface Needs {
  book: { handOver(orderId: string, userId: string): Promise<void> }
}

/** What a guest paid is seen by whom the order belongs to now. */
export const onOrderJoined = defineListener({
  event: 'orders.order-joined',
  data: z.object({ customerId: z.uuid() }),
  run: ({ book }: Needs, { aggregateId, data: { customerId } }) =>
    book.handOver(aggregateId, customerId),
})
