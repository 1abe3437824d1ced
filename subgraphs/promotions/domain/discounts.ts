import { type Cart, type Line, sum } from './cart.ts'
import type { Kind, Kinds } from './kinds.ts'
import { amountIn, type Promotion } from './rules.ts'

/** A promotion that may give something to this cart, by itself or by a voucher. */
export interface Candidate {
  readonly promotion: Promotion
  readonly voucherCode: string | null
}

export interface Cut extends Candidate {
  /** Null: off the shipping. */
  readonly lineId: string | null
  readonly amountMinor: number
}

/** What one promotion after the other takes from. */
export interface Reducible {
  /** The line's; null for the shipping. */
  readonly id: string | null
  readonly line: Line | null
  readonly quantity: number
  leftMinor: number
  isTouched: boolean
  isClosed: boolean
}

export const reducible = (line: Line): Reducible => ({
  ...fresh(line.subtotalMinor),
  id: line.id,
  line,
  quantity: line.quantity,
})

export const reducibleShipping = (amountMinor: number): Reducible => fresh(amountMinor)

const fresh = (leftMinor: number): Reducible => ({
  id: null,
  line: null,
  quantity: 1,
  leftMinor,
  isTouched: false,
  isClosed: false,
})

export interface Reducing {
  readonly cart: Pick<Cart, 'currency' | 'isFirstOrder'>
  readonly lines: readonly Line[]
  readonly kinds: Kinds
}

/** In the order of their priority: each takes from what those before it left. */
export const inOrder = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.toSorted(
    ({ promotion: a }, { promotion: b }) => a.priority - b.priority || (a.id < b.id ? -1 : 1),
  )

/** Takes off the goods, or off the shipping, by all the promotions of that sort. */
export function reduce(
  parts: readonly Reducible[],
  candidates: readonly Candidate[],
  { from, ...reducing }: Reducing & { from: Kind['from'] },
): Cut[] {
  return candidates.flatMap((candidate) => {
    const { promotion } = candidate
    const kind = reducing.kinds[promotion.kind]
    if (kind?.from !== from || !isMet(promotion, reducing)) return []
    return take(parts, candidate, { kind, currency: reducing.cart.currency })
  })
}

function isMet(promotion: Promotion, { cart, lines }: Reducing): boolean {
  if (promotion.firstOrderOnly && !cart.isFirstOrder) return false
  const named = lines.filter((line) => isNamed(promotion, line))
  const quantity = sum(named.map((line) => line.quantity))
  const least = amountIn(promotion.minSubtotals, cart.currency)
  if (promotion.minSubtotals.length > 0 && least === null) return false
  const subtotal = sum(lines.map(({ subtotalMinor }) => subtotalMinor))
  return quantity >= Math.max(1, promotion.minQuantity ?? 1) && subtotal >= (least ?? 0)
}

function isNamed({ productIds, categoryIds }: Promotion, { good }: Line): boolean {
  if (productIds.length === 0 && categoryIds.length === 0) return true
  return names({ productIds, categoryIds }, good)
}

/** By the product's own id, or by a category that it lies in or below. */
export const names = (
  { productIds, categoryIds }: Pick<Promotion, 'productIds' | 'categoryIds'>,
  { productId, categoryPaths }: Line['good'],
): boolean =>
  productIds.includes(productId) ||
  categoryPaths.some((path) => path.some((id) => categoryIds.includes(id)))

function take(
  parts: readonly Reducible[],
  candidate: Candidate,
  { kind, currency }: { kind: Kind; currency: string },
): Cut[] {
  const { promotion } = candidate
  const isExclusive = promotion.stacking === 'EXCLUSIVE'
  const open = parts.filter(
    ({ line, leftMinor, isTouched, isClosed }) =>
      leftMinor > 0 &&
      !isClosed &&
      !(isExclusive && isTouched) &&
      (line === null || isNamed(promotion, line)),
  )
  const wanted = kind.cuts(promotion, open, currency)
  return open.flatMap((part, index) => {
    const amountMinor = Math.max(0, Math.min(part.leftMinor, Math.floor(wanted[index] ?? 0)))
    if (amountMinor === 0) return []
    part.leftMinor -= amountMinor
    part.isTouched = true
    part.isClosed = isExclusive
    return { ...candidate, lineId: part.id, amountMinor }
  })
}
