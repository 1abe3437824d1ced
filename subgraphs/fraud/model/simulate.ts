import { type Case, decided, type Policy } from './assess.ts'
import { type Decision, expectedCosts } from './thresholds.ts'

/** What happened before, with the chance that was given without knowing how it ended. */
export interface Ended extends Case {
  readonly chance: number
  readonly fraud: boolean
}

export interface Simulated {
  readonly decisions: Readonly<Record<Decision, number>>
  /** Frauds that were looked at or refused, and honest ones that were refused. */
  readonly fraudsStopped: number
  readonly fraudsMissed: number
  readonly honestRefused: number
  /** What it would have cost, as ended: each decision at the cost of what turned out. */
  readonly cost: number
}

/** A policy on history: what it would have decided, and what that would have cost. */
export function simulated(policy: Policy, history: readonly Ended[]): Simulated {
  const decisions = { allow: 0, review: 0, block: 0 }
  let [fraudsStopped, fraudsMissed, honestRefused, cost] = [0, 0, 0, 0]
  for (const past of history) {
    const { decision } = decided(policy, past, past.chance)
    decisions[decision] += 1
    if (past.fraud && decision === 'allow') fraudsMissed += 1
    if (past.fraud && decision !== 'allow') fraudsStopped += 1
    if (!past.fraud && decision === 'block') honestRefused += 1
    cost += expectedCosts(Number(past.fraud), past.amount, policy.costs)[decision]
  }
  return { decisions, fraudsStopped, fraudsMissed, honestRefused, cost }
}

/** The same, had everything been let through: what any policy has to be better than. */
export const hadAllBeenAllowed = ({ costs }: Policy, history: readonly Ended[]): number =>
  history.reduce(
    (sum, { fraud, amount }) => sum + expectedCosts(Number(fraud), amount, costs).allow,
    0,
  )
