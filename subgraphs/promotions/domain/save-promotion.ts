import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, StaleVersion } from '@shop/kit/errors'
import { isId, newId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import { BadReward, type Kinds } from './kinds.ts'
import type { Promotion, Stacking } from './rules.ts'

interface Needs {
  clock: Clock
  kinds: Kinds
  promotions: {
    withId(id: string): Promise<Promotion | null>
    add(promotion: Promotion, now: Date): Promise<void>
    change(promotion: Promotion, now: Date): Promise<boolean>
  }
}

export interface PromotionSaved {
  readonly kind: 'PromotionSaved'
  readonly promotionId: string
}

/** What is left out, or null, is as it was, or nothing. */
interface PromotionInput {
  readonly name?: string | null | undefined
  readonly percentOffBps?: number | null | undefined
  readonly amounts?: readonly Money[] | null | undefined
  readonly perItem?: boolean | null | undefined
  readonly productIds?: readonly string[] | null | undefined
  readonly categoryIds?: readonly string[] | null | undefined
  readonly minQuantity?: number | null | undefined
  readonly minSubtotals?: readonly Money[] | null | undefined
  readonly firstOrderOnly?: boolean | null | undefined
  readonly priority?: number | null | undefined
  readonly stacking?: Stacking | null | undefined
  readonly startsAt?: Date | null | undefined
  readonly endsAt?: Date | null | undefined
}

interface CreatePromotion extends PromotionInput {
  readonly name: string
  readonly kind: string
  readonly needsVoucher?: boolean | undefined
}

export async function createPromotion(
  { clock, kinds, promotions }: Needs,
  input: CreatePromotion,
): Promise<PromotionSaved> {
  const now = clock.now()
  const promotion = {
    ...withInput({ ...nothing, startsAt: now }, input),
    id: newId(),
    kind: input.kind,
    needsVoucher: input.needsVoucher ?? false,
  }
  mustMakeSense(promotion, kinds)
  await promotions.add(promotion, now)
  return { kind: 'PromotionSaved', promotionId: promotion.id }
}

interface OfPromotion {
  readonly promotionId: string
  readonly expectedVersion: number
}

/** The kind, and whether a voucher is needed, stay: its vouchers were given out for what it is. */
export async function updatePromotion(
  needs: Needs,
  { promotionId, expectedVersion, ...input }: PromotionInput & OfPromotion,
): Promise<PromotionSaved> {
  const before = await expected(needs, { promotionId, expectedVersion })
  return change(needs, withInput(before, input))
}

/** From now on; what was priced before keeps its price. */
export async function endPromotion(needs: Needs, which: OfPromotion): Promise<PromotionSaved> {
  const before = await expected(needs, which)
  const now = needs.clock.now()
  if (before.endsAt && before.endsAt <= now) {
    return { kind: 'PromotionSaved', promotionId: before.id }
  }
  const startsAt = before.startsAt < now ? before.startsAt : new Date(now.getTime() - 1)
  return change(needs, { ...before, startsAt, endsAt: now })
}

async function change(
  { clock, kinds, promotions }: Needs,
  promotion: Promotion,
): Promise<PromotionSaved> {
  mustMakeSense(promotion, kinds)
  const next = { ...promotion, version: promotion.version + 1 }
  if (!(await promotions.change(next, clock.now()))) throw stale()
  return { kind: 'PromotionSaved', promotionId: promotion.id }
}

async function expected({ promotions }: Needs, { promotionId, expectedVersion }: OfPromotion) {
  const found = await promotions.withId(promotionId)
  if (!found) throw new NotFound('There is no such promotion.')
  if (found.version !== expectedVersion) throw stale()
  return found
}

const stale = () => new StaleVersion('It has been changed since.')

/** Gives nothing to everything, until it is told what. */
export const nothing: Promotion = {
  id: '',
  name: '',
  kind: '',
  percentOffBps: null,
  amounts: [],
  perItem: false,
  productIds: [],
  categoryIds: [],
  minQuantity: null,
  minSubtotals: [],
  firstOrderOnly: false,
  needsVoucher: false,
  priority: 100,
  stacking: 'STACKS',
  startsAt: new Date(0),
  endsAt: null,
  version: 1,
}

/** Null takes away what may be missing. */
const removable = ['percentOffBps', 'minQuantity', 'endsAt'] as const

function withInput(before: Promotion, input: PromotionInput): Promotion {
  const named = Object.keys(before).filter((key) => key in input && key !== 'id')
  const said = named.map((key) => [key, input[key as keyof PromotionInput]] as const)
  const may = (key: string) => removable.some((each) => each === key)
  const kept = said.filter(([key, value]) => value !== undefined && (value !== null || may(key)))
  return { ...before, ...Object.fromEntries(kept) }
}

function mustMakeSense(promotion: Promotion, kinds: Kinds): void {
  const { name, kind, amounts, minSubtotals, minQuantity, productIds, categoryIds } = promotion
  if (!name.trim() || name.length > 200) throw new BadUserInput('A name has 1 to 200 characters.')
  const found = kinds[kind]
  if (!found) throw new BadReward('There is no such kind of promotion.')
  found.check(promotion)
  for (const money of [amounts, minSubtotals]) mustBeAmounts(money)
  const ids = [...productIds, ...categoryIds]
  if (ids.length > 1000 || !ids.every(isId)) throw new BadUserInput('At most 1,000 ids of ours.')
  if (minQuantity !== null && minQuantity < 1) throw new BadUserInput('A quantity is at least 1.')
  if (promotion.endsAt && promotion.endsAt <= promotion.startsAt) {
    throw new BadUserInput('It ends after it starts.')
  }
}

function mustBeAmounts(amounts: readonly Money[]): void {
  const currencies = new Set(amounts.map(({ currency }) => currency))
  const isSane = ({ amountMinor }: Money) => amountMinor > 0 && amountMinor <= 1e12
  if (currencies.size < amounts.length || !amounts.every(isSane)) {
    throw new BadUserInput('One amount a currency, above 0.')
  }
}
