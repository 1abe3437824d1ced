import type { Clock } from '@shop/kit/clock'
import { BadUserInput, ShopError } from '@shop/kit/errors'
import { type Asked, ownerOf } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import type { Cart, CartPrice, Refused } from './cart.ts'
import { codesIn, type Known, priceCart } from './price-cart.ts'
import type { VoucherOf } from './rules.ts'
import { spent } from './vouchers.ts'

/** The step was undone before it was heard of: what comes late does nothing. */
export class StepUndone extends ShopError {
  readonly code = 'STEP_UNDONE'
}

export interface PriceTaken {
  readonly kind: 'PriceTaken'
  readonly price: CartPrice
}

/** The total is not what was expected; nothing was taken. */
export interface PriceMoved {
  readonly kind: 'PriceMoved'
  readonly price: CartPrice
}

export interface Step {
  readonly stepKey: string
  readonly orderId: string
  readonly owner: string
  readonly at: Date
}

interface Needs extends Asked {
  clock: Clock
  known: Omit<Known, 'vouchers' | 'now'>
  steps: {
    /** Undone: its undoing came first, and nothing may be done for it. */
    begin(step: Step): Promise<'begun' | 'undone'>
  }
  vouchers: {
    withCodes(codes: readonly string[]): Promise<VoucherOf[]>
    /** One use of each, or of none: then false. */
    take(voucherIds: readonly string[], step: Step): Promise<boolean>
  }
}

export interface TakePrice {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly cart: Cart
  readonly expectedTotal: Money
}

/** Prices again, and takes the uses of the vouchers for the order, all or none. */
export async function takePrice(
  needs: Needs,
  { idempotencyKey, orderId, cart, expectedTotal }: TakePrice,
): Promise<PriceTaken | PriceMoved | Refused> {
  mustBeWhole(orderId, cart)
  const { steps, vouchers, identity } = needs
  const now = needs.clock.now()
  const step = { stepKey: idempotencyKey, orderId, owner: ownerOf(identity), at: now }
  if ((await steps.begin(step)) === 'undone') throw new StepUndone('This step was undone before.')
  const codes = codesIn(cart)
  const found = await vouchers.withCodes(codes)
  const priced = priceCart({ ...needs.known, vouchers: found, now }, cart)
  if (priced.kind !== 'CartPriced') return priced
  const { price } = priced
  if (!isSame(price.total, expectedTotal)) return { kind: 'PriceMoved', price }
  const ids = found.map(({ id }) => id)
  if (ids.length === 0 || (await vouchers.take(ids, step))) return { kind: 'PriceTaken', price }
  return refused(await vouchers.withCodes(codes))
}

function mustBeWhole(orderId: string, cart: Cart): void {
  if (!isId(orderId)) throw new BadUserInput('This is no id of an order.')
  if (!cart.country || !cart.shippingMethodId) {
    throw new BadUserInput('What is charged has a destination and a way to get there.')
  }
}

const isSame = (a: Money, b: Money) => a.amountMinor === b.amountMinor && a.currency === b.currency

/** Another had the last use between the look and the taking. */
function refused(vouchers: readonly VoucherOf[]): Refused {
  const gone = vouchers.find((voucher) => spent(voucher)) ?? vouchers[0]
  const reason = (gone && spent(gone)) ?? 'USED_UP'
  return { kind: 'VoucherRefused', code: gone?.code ?? '', reason }
}
