import type { Clock } from '@shop/kit/clock'
import { BadUserInput } from '@shop/kit/errors'
import { type Condition, type ConditionRefused, conditionFrom, isRefused } from './condition.ts'
import { type Decision, decide, type Policy } from './decide.ts'
import type { Features } from './features.ts'
import type { ReadRule, RuleAction } from './rules.ts'
import type { Scorer } from './scorecard.ts'

/** An order that was assessed: what was known then, and what came of it. */
export interface Ended {
  readonly assessmentId: string
  readonly features: Features
  readonly score: number
  readonly isFraud: boolean
}

interface Needs {
  clock: Clock
  policy(): Promise<Policy>
  /** Newest first. */
  history(since: Date, most: number): Promise<readonly Ended[]>
}

interface Simulating {
  readonly action: RuleAction
  readonly condition: string
  readonly days?: number
}

export interface FraudRuleSimulated {
  readonly kind: 'FraudRuleSimulated'
  readonly assessed: number
  readonly matched: number
  readonly fraudsMatched: number
  readonly frauds: number
  readonly changed: number
  readonly exampleIds: readonly string[]
}

const mostHistory = 5000
const dayMs = 86_400_000

/** As if it stood beside those that are on: before against after, with the score of then. */
export async function simulateFraudRule(
  needs: Needs,
  { action, condition, days = 30 }: Simulating,
): Promise<FraudRuleSimulated | ConditionRefused> {
  if (days < 1 || days > 30) throw new BadUserInput('`days` is from 1 to 30.')
  const isTrue = conditionFrom(condition)
  if (isRefused(isTrue)) return isTrue
  const since = new Date(needs.clock.now().getTime() - days * dayMs)
  const [policy, history] = await Promise.all([needs.policy(), needs.history(since, mostHistory)])
  const tried: ReadRule = { label: 'this rule', action, isTrue }
  const matched = history.filter((each) => isTrueOf(isTrue, each))
  const after = { ...policy, rules: [...policy.rules, tried] }
  const changed = matched.filter((each) => decisionOf(after, each) !== decisionOf(policy, each))
  return {
    kind: 'FraudRuleSimulated',
    assessed: history.length,
    matched: matched.length,
    fraudsMatched: matched.filter(({ isFraud }) => isFraud).length,
    frauds: history.filter(({ isFraud }) => isFraud).length,
    changed: changed.length,
    exampleIds: changed.slice(0, 10).map(({ assessmentId }) => assessmentId),
  }
}

const isTrueOf = (isTrue: Condition, { features, score }: Ended) =>
  isTrue({ ...features, score }) === true

const decisionOf = (policy: Policy, { features, score }: Ended): Decision =>
  decide(policy, features, asBefore(score)).decision

const asBefore = (score: number): Scorer => ({
  model: { name: 'as it was', version: '' },
  score: () => ({ score, confidence: 1, reasons: [] }),
})
