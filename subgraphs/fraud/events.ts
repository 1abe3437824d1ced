import { defineEvent } from '@shop/kit/events'
import { z } from 'zod'

const ofAssessment = { version: 1, aggregate: 'assessment' } as const

/** Held for review or rejected. */
export const fraudSuspected = defineEvent({
  ...ofAssessment,
  name: 'fraud.fraud-suspected',
  data: z.object({ orderId: z.string(), assessmentId: z.string(), score: z.number() }),
})

export const fraudConfirmed = defineEvent({
  ...ofAssessment,
  name: 'fraud.fraud-confirmed',
  data: z.object({ orderId: z.string() }),
})

export const reviewDecided = defineEvent({
  ...ofAssessment,
  name: 'fraud.review-decided',
  data: z.object({ orderId: z.string(), decision: z.enum(['RELEASE', 'REJECT']) }),
})
