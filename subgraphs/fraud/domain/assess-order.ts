import type { Clock } from '@shop/kit/clock'
import { newId } from '@shop/kit/ids'
import { reach } from '@shop/kit/points'
import type { Assessment, NewAssessment } from './assessment.ts'
import { decide, type Policy } from './decide.ts'
import { featuresOf } from './features.ts'
import type { OrderFacts } from './order-facts.ts'
import type { Past } from './past.ts'
import type { Scorer } from './scorecard.ts'

export interface Standings {
  readonly isAllowListed: boolean
  readonly isBlockListed: boolean
}

interface Needs {
  clock: Clock
  scorer: Scorer
  policy(): Promise<Policy>
  standings(facts: OrderFacts, now: Date): Promise<Standings>
  /** Null where the look into the past took too long. */
  past(orderId: string, facts: OrderFacts, now: Date): Promise<Past | null>
  assessments: {
    ofOrder(orderId: string): Promise<Assessment | null>
    /** What was there before, where somebody else was quicker, unless this one knows more. */
    add(assessment: NewAssessment): Promise<Assessment>
  }
}

interface Asked {
  readonly orderId: string
  readonly facts: OrderFacts
  readonly isFromEvent?: boolean
}

/**
 * Once for an order: whoever asks again has the first answer. One that was made from an event alone
 * gives way to one that knows who buys, as long as nothing has followed from it.
 */
export async function assessOrder(needs: Needs, asked: Asked): Promise<Assessment> {
  const { orderId, facts, isFromEvent = false } = asked
  const before = await needs.assessments.ofOrder(orderId)
  if (before && (isFromEvent || !before.isFromEvent)) return before
  const now = needs.clock.now()
  const [policy, standings, past] = await Promise.all([
    needs.policy(),
    needs.standings(facts, now),
    needs.past(orderId, facts, now),
  ])
  const features = featuresOf({ facts, past, ...standings })
  await reach('fraud.assess.in')
  return needs.assessments.add({
    id: newId(),
    orderId,
    ...decide(policy, features, needs.scorer),
    model: needs.scorer.model,
    degraded: isFromEvent || past === null,
    isFromEvent,
    computedAt: now,
    facts,
    features,
  })
}
