/** What a rule does with what it is true of. */
export type Action = 'three-d-secure' | 'allow' | 'block' | 'review'

/** A field of what is assessed, compared with a value: rules are data, kept and edited as such. */
export interface Condition {
  readonly field: string
  readonly is: 'above' | 'below' | 'equal' | 'different' | 'in'
  readonly value: number | string | boolean | readonly (number | string)[]
}

export interface Rule {
  readonly name: string
  readonly action: Action
  /** All must be true. */
  readonly when: readonly Condition[]
}

export type Facts = Readonly<Record<string, unknown>>

export interface Ruled {
  /** What was decided; nothing where no rule was true. */
  readonly action: 'allow' | 'block' | 'review' | undefined
  readonly threeDSecure: boolean
  /** The names of the rules that decided. */
  readonly rules: readonly string[]
}

/**
 * As Stripe Radar takes them: 3D Secure is asked for beside the decision, and an allow goes before a
 * block, a block before a review. A rule about a field that is not there is not true.
 */
export function ruled(rules: readonly Rule[], facts: Facts): Ruled {
  const trueOf = (action: Action) =>
    rules.filter((rule) => rule.action === action && rule.when.every((each) => holds(each, facts)))
  const asked = trueOf('three-d-secure')
  const threeDSecure = asked.length > 0
  const decided = (['allow', 'block', 'review'] as const)
    .map((action) => ({ action, found: trueOf(action) }))
    .find(({ found }) => found.length > 0)
  return {
    action: decided?.action,
    threeDSecure,
    rules: [...asked, ...(decided?.found ?? [])].map(({ name }) => name),
  }
}

function holds({ field, is, value }: Condition, facts: Facts): boolean {
  const fact = Object.hasOwn(facts, field) ? facts[field] : undefined
  if (fact === undefined || fact === null || Number.isNaN(fact)) return false
  switch (is) {
    case 'above':
      return typeof fact === 'number' && typeof value === 'number' && fact > value
    case 'below':
      return typeof fact === 'number' && typeof value === 'number' && fact < value
    case 'equal':
      return fact === value
    case 'different':
      return fact !== value
    case 'in':
      return Array.isArray(value) && value.includes(fact)
  }
}
