import type { Condition } from './condition.ts'
import type { Features } from './features.ts'

export type RuleAction = 'THREE_D_SECURE' | 'ALLOW' | 'BLOCK' | 'REVIEW'

export interface Rule {
  readonly id: string
  readonly name: string
  readonly action: RuleAction
  readonly condition: string
  readonly isOn: boolean
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}

export interface RuleVersion extends Omit<Rule, 'id'> {
  readonly ruleId: string
}

/** One that can be asked. */
export interface ReadRule {
  /** With its version, as `name v2`. */
  readonly label: string
  readonly action: RuleAction
  readonly isTrue: Condition
}

export interface Ruled {
  /** Null where no rule decides. */
  readonly action: Exclude<RuleAction, 'THREE_D_SECURE'> | null
  readonly asksBank: boolean
  readonly rules: readonly string[]
}

/**
 * As Stripe Radar takes them: the bank is asked beside whatever is decided, an allow goes before a
 * block, a block before a review. What is not known makes no rule true.
 */
export function ruled(rules: readonly ReadRule[], features: Features): Ruled {
  const trueOf = (action: RuleAction) =>
    rules.filter((rule) => rule.action === action && rule.isTrue(features) === true)
  const asked = trueOf('THREE_D_SECURE')
  const decided = (['ALLOW', 'BLOCK', 'REVIEW'] as const)
    .map((action) => ({ action, found: trueOf(action) }))
    .find(({ found }) => found.length > 0)
  return {
    action: decided?.action ?? null,
    asksBank: asked.length > 0,
    rules: [...asked, ...(decided?.found ?? [])].map(({ label }) => label),
  }
}
