import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, StaleVersion } from '@shop/kit/errors'
import { type Asked, viewerIn } from '@shop/kit/identity'
import { isId, newId } from '@shop/kit/ids'
import { type ConditionRefused, conditionFrom, isRefused } from './condition.ts'
import type { Rule, RuleAction } from './rules.ts'

interface Needs extends Asked {
  clock: Clock
  rules: {
    /** False where another has the name. */
    add(rule: Rule): Promise<boolean>
    change(rule: Rule, expectedVersion: number): Promise<'changed' | 'taken' | 'stale' | 'absent'>
  }
}

interface Written {
  readonly name: string
  readonly action: RuleAction
  readonly condition: string
}

export interface FraudRuleSaved {
  readonly kind: 'FraudRuleSaved'
  readonly ruleId: string
}

type Saved = Promise<FraudRuleSaved | ConditionRefused>

/** It is off until somebody who has tried it switches it on. */
export async function createFraudRule(needs: Needs, input: Written & Keyed): Saved {
  const read = conditionFrom(input.condition)
  if (isRefused(read)) return read
  const rule = ruleFrom(needs, { ...input, id: newId(), isOn: false, version: 1 })
  if (!(await needs.rules.add(rule))) throw nameTaken()
  return { kind: 'FraudRuleSaved', ruleId: rule.id }
}

interface Changing extends Written, Keyed {
  readonly ruleId: string
  readonly expectedVersion: number
  readonly isOn: boolean
}

export async function updateFraudRule(needs: Needs, input: Changing): Saved {
  const { ruleId: id, expectedVersion, isOn } = input
  const read = conditionFrom(input.condition)
  if (isRefused(read)) return read
  const rule = ruleFrom(needs, { ...input, id, isOn, version: expectedVersion + 1 })
  const outcome = isId(id) ? await needs.rules.change(rule, expectedVersion) : 'absent'
  if (outcome === 'absent') throw new NotFound('There is no such rule.')
  if (outcome === 'stale') throw new StaleVersion('Somebody else has changed this rule.')
  if (outcome === 'taken') throw nameTaken()
  return { kind: 'FraudRuleSaved', ruleId: id }
}

interface Keyed {
  readonly idempotencyKey: string
}

const nameTaken = () => new BadUserInput('Another rule has this name.')

type Base = Written & Pick<Rule, 'id' | 'isOn' | 'version'>

function ruleFrom(needs: Needs, { id, name, action, condition, isOn, version }: Base): Rule {
  const trimmed = name.trim()
  if (trimmed.length < 1 || trimmed.length > 100) {
    throw new BadUserInput('A name has 1 to 100 characters.')
  }
  const changed = { changedAt: needs.clock.now(), changedBy: viewerIn(needs) }
  return { id, name: trimmed, action, condition, isOn, version, ...changed }
}
