import type { Clock } from '@shop/kit/clock'
import { NotFound } from '@shop/kit/errors'
import { isId } from '@shop/kit/ids'
import type { Assessment } from './assessment.ts'

interface Needs {
  clock: Clock
  assessments: {
    ofOrder(orderId: string): Promise<Assessment | null>
    /** Once for an order, and told of in the same transaction. */
    confirm(orderId: string, now: Date): Promise<void>
  }
}

/** It was fraud, whoever found out. */
export async function reportFraud(
  { clock, assessments }: Needs,
  { orderId }: { idempotencyKey: string; orderId: string },
) {
  const assessment = isId(orderId) ? await assessments.ofOrder(orderId) : null
  if (!assessment) throw new NotFound('Of this order nothing was assessed.')
  await assessments.confirm(orderId, clock.now())
  return { kind: 'FraudReported', assessmentId: assessment.id } as const
}
