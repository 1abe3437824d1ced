import type { VoucherRefusal, VoucherRefused } from './cart.ts'
import type { Candidate } from './discounts.ts'
import type { Promotion, Rules, VoucherOf } from './rules.ts'

/** As it is typed: case and spaces do not matter. */
export const codeFrom = (text: string): string => text.replace(/\s/g, '').toUpperCase()

interface Given {
  /** As they are kept, each once. */
  readonly codes: readonly string[]
  readonly vouchers: readonly VoucherOf[]
  readonly promotions: Rules['promotions']
  readonly now: Date
}

/** What the codes stand for, or the first that stands for nothing now. */
export function candidatesOf(given: Given): Candidate[] | VoucherRefused {
  const candidates: Candidate[] = []
  for (const code of given.codes) {
    const found = candidateOf(code, given)
    if (typeof found === 'string') return { kind: 'VoucherRefused', code, reason: found }
    // Two codes of one promotion are one promotion.
    const isTwice = candidates.some(({ promotion }) => promotion.id === found.promotion.id)
    if (isTwice) return { kind: 'VoucherRefused', code, reason: 'NOT_MET' }
    candidates.push(found)
  }
  return candidates
}

function candidateOf(code: string, { vouchers, promotions, now }: Given) {
  const voucher = vouchers.find((each) => each.code === code)
  const promotion = promotions.find(({ id }) => id === voucher?.promotionId)
  if (!voucher) return 'UNKNOWN'
  // A promotion that is over is not among the rules.
  if (!promotion) return 'EXPIRED'
  return refusalOf(voucher, promotion, now) ?? { promotion, voucherCode: code }
}

function refusalOf(
  voucher: VoucherOf,
  { startsAt, endsAt }: Promotion,
  now: Date,
): VoucherRefusal | null {
  if (now < startsAt) return 'NOT_YET'
  if ([endsAt, voucher.endsAt].some((end) => end !== null && end <= now)) return 'EXPIRED'
  return spent(voucher)
}

/** Why it may not be used once more; null where it may. */
export function spent({
  maxUses,
  uses,
  maxUsesPerShopper,
  usesOfShopper,
}: VoucherOf): 'USED_UP' | 'USED_BY_SHOPPER' | null {
  if (maxUsesPerShopper !== null && usesOfShopper >= maxUsesPerShopper) return 'USED_BY_SHOPPER'
  return maxUses !== null && uses >= maxUses ? 'USED_UP' : null
}
