import type { AskOperation } from '@shop/kit/ask'
import type { RiskDecision } from '../domain/risk.ts'
import { stepKey } from '../domain/step-key.ts'
import type { Facts } from '../domain/walk.ts'
import { asked } from './asking.ts'

/** Longer it is not waited for: what computes an answer stands on nobody's road to a sale. */
const timeoutMs = 150

/** Of one that came too late once, while the order rests for it. */
export const patientMs = 1000

/** Null where no assessment came in its time, for whatever reason. */
export async function assess(
  ask: AskOperation,
  { orderId, owner, plan }: Facts,
  withinMs = timeoutMs,
): Promise<RiskDecision | null> {
  const input = {
    idempotencyKey: stepKey(orderId, 'risk'),
    orderId,
    total: plan.total,
    ...plan.risk,
  }
  try {
    const { assessOrder } = await asked<{ assessOrder: { decision: RiskDecision } }>(ask, {
      operation: 'assessOrder',
      variables: { input },
      actsFor: owner,
      timeoutMs: withinMs,
    })
    return assessOrder.decision
  } catch {
    return null
  }
}
