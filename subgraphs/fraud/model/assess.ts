import { matrixOf } from '@shop/kit/learn/matrix'
import { type FraudModel, scored } from './learner.ts'
import { reasonsFor, worded } from './reasons.ts'
import { type Facts, type Rule, ruled } from './rules.ts'
import { type Costs, cheapest, type Decision } from './thresholds.ts'

export interface Assessment {
  /** From 0 to 100: the chance of fraud in percent. */
  readonly score: number
  readonly decision: Decision
  readonly threeDSecure: boolean
  /** The names of the rules that were true and decided. */
  readonly rules: readonly string[]
}

export interface Policy {
  readonly rules: readonly Rule[]
  readonly costs: Costs
}

export interface Case {
  /** What rules may ask about; `chance` is added. */
  readonly facts: Facts
  /** What is at stake, in minor units. */
  readonly amount: number
}

/** A rule decides where one is true; else whatever is expected to cost least. */
export function decided(
  { rules, costs }: Policy,
  { facts, amount }: Case,
  chance: number,
): Assessment {
  const found = ruled(rules, { ...facts, chance })
  const stake = Number.isFinite(amount) ? Math.max(0, amount) : 0
  return {
    score: 100 * chance,
    decision: found.action ?? cheapest(chance, stake, costs),
    threeDSecure: found.threeDSecure,
    rules: found.rules,
  }
}

/** One row through forest, trees and curve, with why: what `answered` wraps. */
export function assessed(model: FraudModel, row: readonly number[]) {
  const { chances } = scored(model, matrixOf([row]))
  const chance = chances[0] as number
  return {
    chance,
    /** How far from undecided. */
    confidence: Math.max(chance, 1 - chance),
    reasons: reasonsFor(model, row).map(worded),
  }
}
