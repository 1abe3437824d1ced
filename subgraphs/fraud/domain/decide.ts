import type { Features } from './features.ts'
import { type ReadRule, ruled } from './rules.ts'
import type { Scorer } from './scorecard.ts'

export type Decision = 'ALLOW' | 'REQUIRE_3DS' | 'REVIEW' | 'REJECT'

export interface Thresholds {
  readonly threeDSecureAt: number
  readonly reviewAt: number
  readonly rejectAt: number
  readonly version: number
}

export interface Policy {
  readonly rules: readonly ReadRule[]
  readonly thresholds: Thresholds
}

export interface Decided {
  readonly decision: Decision
  readonly score: number
  readonly confidence: number
  readonly reasons: readonly string[]
  readonly rules: readonly string[]
}

/** A rule decides where one is true, else the score. */
export function decide(policy: Policy, features: Features, scorer: Scorer): Decided {
  const { score, confidence, reasons } = scorer.score(features)
  const found = ruled(policy.rules, { ...features, score })
  const byRule = found.action && { ALLOW: 'ALLOW', BLOCK: 'REJECT', REVIEW: 'REVIEW' }[found.action]
  const decision = (byRule as Decision | null) ?? byScore(score, policy.thresholds)
  return {
    // Who is held or refused has no bank to answer yet.
    decision: decision === 'ALLOW' && found.asksBank ? 'REQUIRE_3DS' : decision,
    score,
    confidence,
    reasons: found.rules.length > 0 ? ['RULE', ...reasons] : reasons,
    rules: found.rules,
  }
}

function byScore(score: number, { threeDSecureAt, reviewAt, rejectAt }: Thresholds): Decision {
  if (score >= rejectAt) return 'REJECT'
  if (score >= reviewAt) return 'REVIEW'
  return score >= threeDSecureAt ? 'REQUIRE_3DS' : 'ALLOW'
}
