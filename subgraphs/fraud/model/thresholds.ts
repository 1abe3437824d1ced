/** What decisions cost, in the shop's money, minor units or shares of the amount. */
export interface Costs {
  /** A fraud that went through costs its amount and this fee. */
  readonly chargebackFee: number
  /** Of an honest order that is refused: the margin lost and the goodwill, as a share. */
  readonly refusedShare: number
  /** A person looking at one. */
  readonly review: number
  /** Of frauds that are looked at, the share that is found. */
  readonly caughtByReview: number
}

export type Decision = 'allow' | 'review' | 'block'

/**
 * The decision of least expected cost (Elkan, 2001): it depends on the amount as much as on the
 * chance, so a cheap doubtful order goes through and a dear one is looked at.
 */
export function cheapest(chance: number, amount: number, costs: Costs): Decision {
  const expected = expectedCosts(chance, amount, costs)
  if (expected.allow <= expected.review && expected.allow <= expected.block) return 'allow'
  return expected.review <= expected.block ? 'review' : 'block'
}

export function expectedCosts(chance: number, amount: number, costs: Costs) {
  const fraud = amount + costs.chargebackFee
  return {
    allow: chance * fraud,
    review: costs.review + chance * (1 - costs.caughtByReview) * fraud,
    block: (1 - chance) * costs.refusedShare * amount,
  } satisfies Record<Decision, number>
}

/** From which chance on an amount is looked at, and from which it is refused. */
export function thresholdsAt(amount: number, costs: Costs): { review: number; block: number } {
  const fraud = amount + costs.chargebackFee
  const refused = costs.refusedShare * amount
  const allowOrBlock = refused / (fraud + refused)
  const allowOrReview = costs.review / (costs.caughtByReview * fraud)
  const missed = (1 - costs.caughtByReview) * fraud
  const reviewOrBlock = (refused - costs.review) / (missed + refused)
  return allowOrReview < reviewOrBlock
    ? { review: allowOrReview, block: reviewOrBlock }
    : { review: allowOrBlock, block: allowOrBlock }
}
