import { type AssociationRule, associationRules } from '@shop/kit/learn/association-rules'
import { frequentItemSets } from '@shop/kit/learn/item-sets'

export interface BasketSettings {
  /** The least share of baskets with all of a rule's items, above 0. */
  readonly support: number
  readonly confidence: number
  /** The most rules, the highest lift first. */
  readonly most: number
}

/**
 * What is bought together more than by chance. Throws BAD_ROWS for a support outside (0, 1], and
 * where so low a support finds more sets than a machine should hold.
 */
export function basketRules(
  baskets: readonly (readonly string[])[],
  { support, confidence, most }: BasketSettings,
): AssociationRule[] {
  const sets = frequentItemSets(baskets, { support, longest: 4 })
  return associationRules(sets, { baskets: baskets.length, confidence })
    .filter(({ given, lift }) => given.length > 0 && lift > 1)
    .sort((a, b) => b.lift - a.lift || b.support - a.support)
    .slice(0, most)
}
