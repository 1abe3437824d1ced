import type { Money } from '@shop/kit/money'
import type { Variant } from './product.ts'

export const priceOf = ({ amountMinor, currency }: Variant): Money => ({ amountMinor, currency })

export const compareAtPriceOf = ({ compareAtMinor, currency }: Variant): Money | null =>
  compareAtMinor === null ? null : { amountMinor: compareAtMinor, currency }

/** Null where there is nothing to buy. */
export function cheapest(variants: readonly Variant[]): Money | null {
  const [first] = variants.toSorted((a, b) => a.amountMinor - b.amountMinor)
  return first ? priceOf(first) : null
}
