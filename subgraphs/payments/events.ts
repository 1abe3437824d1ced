import { defineEvent } from '@shop/kit/events'
import { z } from 'zod'

const ofAttempt = z.object({
  orderId: z.string(),
  attemptId: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
})

export const paymentAuthorized = defineEvent({
  name: 'payments.payment-authorized',
  version: 1,
  aggregate: 'payment',
  data: ofAttempt,
})

export const paymentCaptured = defineEvent({
  name: 'payments.payment-captured',
  version: 1,
  aggregate: 'payment',
  data: ofAttempt,
})

export const paymentFailed = defineEvent({
  name: 'payments.payment-failed',
  version: 1,
  aggregate: 'payment',
  data: z.object({ orderId: z.string(), attemptId: z.string(), code: z.string() }),
})

/** `refundedMinor` is the sum so far: whoever hears two in turn has it from the last. */
export const refundSettled = defineEvent({
  name: 'payments.refund-settled',
  version: 1,
  aggregate: 'payment',
  data: z.object({
    orderId: z.string(),
    refundId: z.string(),
    amountMinor: z.int(),
    currency: z.string(),
    refundedMinor: z.int(),
    capturedMinor: z.int(),
  }),
})
export const disputeOpened = defineEvent({
  name: 'payments.dispute-opened',
  version: 1,
  aggregate: 'payment',
  data: z.object({
    orderId: z.string(),
    disputeId: z.string(),
    amountMinor: z.int(),
    currency: z.string(),
    reason: z.string(),
  }),
})
