import { BadUserInput, NotFound, ShopError, StaleVersion } from '@shop/kit/errors'
import { newId } from '@shop/kit/ids'
import type { Promotion, Voucher } from './rules.ts'
import { codeFrom } from './vouchers.ts'

export class VoucherCodeTaken extends ShopError {
  readonly code = 'VOUCHER_CODE_TAKEN'
}

interface Needs {
  promotions: { withId(id: string): Promise<Promotion | null> }
  /** Twelve letters and digits that nobody can guess. */
  madeUpCode(): string
  vouchers: {
    withId(id: string): Promise<Voucher | null>
    add(vouchers: readonly Voucher[]): Promise<number>
    change(voucher: Voucher): Promise<boolean>
  }
}

export interface VoucherSaved {
  readonly kind: 'VoucherSaved'
  readonly voucherId: string
}

export interface VouchersCreated {
  readonly kind: 'VouchersCreated'
  readonly promotionId: string
  readonly created: number
}

interface Limits {
  readonly maxUses?: number | null | undefined
  readonly maxUsesPerShopper?: number | null | undefined
  readonly endsAt?: Date | null | undefined
}

interface CreateVoucher extends Limits {
  readonly promotionId: string
  readonly code: string
}

export async function createVoucher(
  needs: Needs,
  { promotionId, code, ...limits }: CreateVoucher,
): Promise<VoucherSaved> {
  await mustTakeVouchers(needs, promotionId)
  const voucher = { ...voucherFrom(limits), promotionId, code: codeFrom(code) }
  if (!/^[A-Z0-9-]{3,40}$/.test(voucher.code)) {
    throw new BadUserInput('A code has 3 to 40 letters, digits and dashes.')
  }
  if ((await needs.vouchers.add([voucher])) === 0) {
    throw new VoucherCodeTaken('This code is taken.')
  }
  return { kind: 'VoucherSaved', voucherId: voucher.id }
}

interface CreateVouchers extends Limits {
  readonly promotionId: string
  readonly count: number
  readonly prefix?: string | null | undefined
}

/** Made up, each for one use unless it says otherwise; who sees one cannot guess another. */
export async function createVouchers(
  needs: Needs,
  { promotionId, count, prefix, ...limits }: CreateVouchers,
): Promise<VouchersCreated> {
  await mustTakeVouchers(needs, promotionId)
  if (count < 1 || count > 10_000) throw new BadUserInput('From 1 to 10,000 at once.')
  const begin = codeFrom(prefix ?? '')
  if (!/^[A-Z0-9-]{0,20}$/.test(begin)) {
    throw new BadUserInput('A prefix has at most 20 letters, digits and dashes.')
  }
  const base = voucherFrom({ ...limits, maxUses: limits.maxUses ?? 1 })
  const vouchers = Array.from({ length: count }, () => ({
    ...base,
    id: newId(),
    promotionId,
    code: begin + needs.madeUpCode(),
  }))
  const created = await needs.vouchers.add(vouchers)
  // Once in a universe; then nothing is kept, and it can be asked for again.
  if (created < count) throw new VoucherCodeTaken('A code that was made up is taken.')
  return { kind: 'VouchersCreated', created, promotionId }
}

interface UpdateVoucher extends Limits {
  readonly voucherId: string
  readonly expectedVersion: number
}

/** What is left out stays; null takes a limit away. Fewer uses than it has had cannot be allowed. */
export async function updateVoucher(
  { vouchers }: Needs,
  { voucherId, expectedVersion, ...limits }: UpdateVoucher,
): Promise<VoucherSaved> {
  const before = await vouchers.withId(voucherId)
  if (!before) throw new NotFound('There is no such voucher.')
  if (before.version !== expectedVersion) throw new StaleVersion('It has been changed since.')
  const said = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined))
  const voucher = { ...before, ...said, version: before.version + 1 }
  mustBeLimits(voucher)
  if (voucher.maxUses !== null && voucher.maxUses < before.uses) {
    throw new BadUserInput('It has been used more often.')
  }
  if (!(await vouchers.change(voucher)))
    throw new StaleVersion('It has been used or changed since.')
  return { kind: 'VoucherSaved', voucherId }
}

async function mustTakeVouchers({ promotions }: Needs, promotionId: string): Promise<void> {
  const promotion = await promotions.withId(promotionId)
  if (!promotion) throw new NotFound('There is no such promotion.')
  if (!promotion.needsVoucher) throw new BadUserInput('This promotion needs no voucher.')
}

function voucherFrom({ maxUses = null, maxUsesPerShopper = null, endsAt = null }: Limits): Voucher {
  const limits = { maxUses, maxUsesPerShopper, endsAt }
  mustBeLimits(limits)
  return { ...limits, id: newId(), code: '', promotionId: '', uses: 0, version: 1 }
}

function mustBeLimits({ maxUses, maxUsesPerShopper }: Pick<Voucher, keyof Limits>): void {
  const isSane = (limit: number | null) => limit === null || (limit >= 1 && limit <= 1_000_000_000)
  if (!isSane(maxUses) || !isSane(maxUsesPerShopper)) {
    throw new BadUserInput('A limit is at least 1.')
  }
}
