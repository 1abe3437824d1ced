import type { ItemSet } from './item-sets.ts'
import { BadRows } from './refusals.ts'

/** Who has all of `given` has `so` too, in `confidence` of cases: `lift` times as often as all. */
export interface AssociationRule {
  readonly given: readonly string[]
  readonly so: string
  /** The share of baskets with both. */
  readonly support: number
  readonly confidence: number
  readonly lift: number
}

export interface RuleSettings {
  readonly baskets: number
  /** 0 to 1. */
  readonly confidence: number
}

/**
 * The rules with one item on the right (Agrawal and Srikant, 1994), from all frequent item sets.
 * Throws BAD_ROWS where a part of a set is not among them, as no rule can be weighed then.
 */
export function associationRules(
  sets: readonly ItemSet[],
  { baskets, confidence }: RuleSettings,
): AssociationRule[] {
  const counts = new Map(sets.map(({ items, count }) => [keyOf(items), count]))
  const countOf = (items: readonly string[]) => {
    const count = items.length === 0 ? baskets : counts.get(keyOf(items))
    if (count === undefined) throw new BadRows(`${items.join(' and ')} is no frequent item set.`)
    return count
  }
  return sets.flatMap(({ items, count }) =>
    items
      .map((item, at) => ({ given: items.toSpliced(at, 1), so: item }))
      .map((rule) => ({ ...rule, ...weighed({ ...rule, count }, { baskets, countOf }) }))
      .filter((rule) => rule.confidence >= confidence - 1e-12),
  )
}

interface Counted {
  given: readonly string[]
  so: string
  count: number
}

interface Counts {
  baskets: number
  countOf: (items: readonly string[]) => number
}

function weighed({ given, so, count }: Counted, { baskets, countOf }: Counts) {
  const confidence = count / countOf(given)
  const lift = confidence / (countOf([so]) / baskets)
  return { support: count / baskets, confidence, lift }
}

const keyOf = (items: readonly string[]) => items.join('\u0000')
