import { defineListener } from '@shop/kit/events'
import { z } from 'zod'
import { type Stirring, stir } from './stir.ts'

/** What came of a payment is read from payments again: this says no more than that there is something to read. */
export const onPaymentAuthorized = defineListener({
  event: 'payments.payment-authorized',
  data: z.object({ orderId: z.uuid() }),
  run: (needs: Stirring, { data }) => stir(needs, data.orderId),
})
