import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { noticed, type Telling } from '../telling.ts'

/** No mail: the parcel is at the door. */
export const onOrderDelivered = defineListener({
  event: 'orders.order-delivered',
  data: z.object({ customerId: z.uuid().nullable() }),
  run: (needs: Telling, { data: { customerId: userId }, ...heard }) =>
    noticed(needs, heard, { kind: 'ORDER_DELIVERED', orderId: heard.aggregateId, userId }),
})
