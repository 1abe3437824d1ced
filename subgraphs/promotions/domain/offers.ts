import type { Good } from './cart.ts'
import { names } from './discounts.ts'
import { isRunning, type Promotion } from './rules.ts'

/** What everybody may know of what runs now and names this; what needs a voucher is between few. */
export const offersOf = (
  good: Good | null,
  promotions: readonly Promotion[],
  now: Date,
): Promotion[] =>
  promotions
    .filter((promotion) => good && names(promotion, good))
    .filter((promotion) => !promotion.needsVoucher && isRunning(promotion, now))
    .toSorted((a, b) => a.priority - b.priority)
    .slice(0, 20)
