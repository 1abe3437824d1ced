import { fillOnce } from '@shop/kit/bulk'
import { openDatabase } from '@shop/kit/database'
import { serviceNamed } from '@shop/kit/identity'
import type { Standing } from '@shop/kit/standing'
import { hasAssessment, type PastAssessment, writePast } from './db/past-assessments.ts'
import { Rules } from './db/rules.ts'
import type { Tables } from './db/schema.ts'
import { type AskedOrder, factsFrom } from './domain/asked-order.ts'
import type { NewAssessment } from './domain/assessment.ts'
import { decide } from './domain/decide.ts'
import { featuresOf } from './domain/features.ts'
import { PastMonth } from './domain/past-month.ts'
import { scorecard } from './domain/scorecard.ts'

export type { PastAssessment } from './db/past-assessments.ts'
export type { NewAssessment } from './domain/assessment.ts'

type Needs = Pick<Standing, 'clock' | 'keys' | 'log'>

interface Placed {
  readonly id: string
  readonly asked: Omit<AskedOrder, 'idempotencyKey'>
  readonly at: Date
}

export interface PastAssessor {
  /** As it would have been assessed then, by what was known then; orders come oldest first. */
  assess(placed: Placed): NewAssessment
  /** What is known of an order later: a payment that failed, a fraud that was told of. */
  learn(made: NewAssessment, what: 'FAILURE' | 'FRAUD', at: Date): void
}

/** By the rules and thresholds in force. */
export async function pastAssessor(
  { databaseUrl }: { readonly databaseUrl: string },
  standing: Needs,
): Promise<PastAssessor> {
  await using db = openDatabase<Tables>(databaseUrl, { ...standing, connections: 1 })
  const rules = new Rules(db, serviceNamed('fraud'))
  const policy = { rules: await rules.inForce(), thresholds: await rules.thresholds() }
  const month = new PastMonth()
  return {
    assess({ id, asked, at }) {
      const { orderId } = asked
      const facts = factsFrom({ ...asked, idempotencyKey: '' })
      const unlisted = { isAllowListed: false, isBlockListed: false }
      const features = featuresOf({ facts, past: month.of(facts, at), ...unlisted })
      month.saw({ orderId, facts, at, what: 'ORDER' })
      const decided = decide(policy, features, scorecard)
      const known = { orderId, facts, features, model: scorecard.model }
      return { id, ...decided, ...known, degraded: false, isFromEvent: false, computedAt: at }
    },
    learn: ({ orderId, facts }, what, at) => month.saw({ orderId, facts, at, what }),
  }
}

/** All of them, or none. */
export const fillAssessments = (
  batches: AsyncIterable<readonly PastAssessment[]>,
  { databaseUrl }: { readonly databaseUrl: string },
  standing: Needs,
): Promise<void> =>
  fillOnce<Tables, PastAssessment>(
    {
      ...{ subgraph: 'fraud', databaseUrl, batches, write: writePast },
      isThere: (tx, { made }) => hasAssessment(tx, made.id),
    },
    standing,
  )
