import { idAt } from '@shop/demo/ids'
import type { Order } from '@shop/demo/orders/order'
import type { PastOrder } from '@shop/orders/bulk'
import type { Placed } from './placed.ts'

/** Of the shipping methods that a new shop sends by. */
const methods = {
  standard: { id: '01900000-0000-7000-8000-0000000000b1', name: 'Standard' },
  express: { id: '01900000-0000-7000-8000-0000000000b2', name: 'Express' },
} as const

/** An id of something that belongs to an order: the same whenever it is asked for. */
export const idOf = (what: string, { place, placedAt }: Placed, index = 0): string =>
  idAt(what, place * 32 + index, { seed: 1, ms: placedAt.getTime() })

/** What is so from the moment it was placed. */
export type Ordered = Omit<PastOrder, 'risk' | keyof Became>

/** What came after. */
type Became = Pick<
  PastOrder,
  | 'status'
  | 'stages'
  | 'checkout'
  | 'deadlineAt'
  | 'cancelReason'
  | 'parcel'
  | 'refundedMinor'
  | 'paidAt'
  | 'shippedAt'
  | 'deliveredAt'
>

/** By id, what a promotion or a voucher's promotion is called. */
export type Names = ReadonlyMap<string, string>

export function orderedOf(placed: Placed, names: Names): Ordered {
  const { id, place, placedAt, order, card } = placed
  const { address, voucher, email, currency } = order
  const items = itemsOf(placed)
  const to = {
    ...{ name: address.name, line1: address.street, postalCode: address.postalCode },
    ...{ city: address.city, country: address.country },
  }
  return {
    ...{ id, place, placedAt, items, email, currency, owner: ownerOf(order) },
    ...{ cartId: idOf('cart', placed), quoteId: idOf('quote', placed) },
    ...{ subtotalMinor: order.subtotalMinor, discountMinor: order.discountMinor },
    ...{ shippingMinor: order.shippingMinor, taxMinor: order.taxMinor },
    ...{ totalMinor: order.totalMinor, pricesIncludeTax: true },
    voucherCodes: voucher ? [voucher.code] : [],
    explain: explainOf(order, items, names),
    shippingMethodId: methods[order.shippingMethod].id,
    ...{ shippingAddress: to, billingAddress: to, country: address.country },
    paymentMethodId: `pm_${card.brand}_${card.last4}`,
  }
}

/** Whoever has no account tries again in the same session. */
function ownerOf({ customerId, number, placedAt }: Order): string {
  if (customerId) return `user:${customerId}`
  const index = Number(number.replace(/\D/g, ''))
  return `guest:${idAt('guest', index, { seed: 1, ms: placedAt.getTime() })}`
}

const itemsOf = (placed: Placed): Ordered['items'] =>
  placed.order.lines.map((line, index) => ({
    ...{ id: placed.outcome === 'BOUGHT' ? line.id : idOf('try line', placed, index) },
    ...{ variantId: line.variantId, productId: line.productId, sku: line.sku, name: line.name },
    ...{ quantity: line.quantity, unitPriceMinor: line.unitPriceMinor },
    ...{ discountMinor: line.discountMinor, taxMinor: line.taxMinor, totalMinor: line.totalMinor },
  }))

/** As promotions explains a price: steps that sum to the total. */
function explainOf(order: Order, items: Ordered['items'], names: Names): Ordered['explain'] {
  const { currency, shippingMinor, voucher, address } = order
  const step = (kind: string, label: string, amountMinor: number) => ({
    ...{ kind, label, itemId: null, amount: { amountMinor, currency } },
  })
  const ofLines = order.lines.flatMap((line, index) => {
    const { id = null } = items[index] ?? {}
    const { quantity, unitPriceMinor, discountMinor, promotionId, taxRateBps, taxMinor } = line
    const name = names.get(promotionId ?? '') ?? ''
    const tax = `${taxRateBps / 100} % tax, ${address.country}`
    const steps = [
      step('LIST', `${quantity} × list price`, quantity * unitPriceMinor),
      ...(discountMinor > 0 ? [step('DISCOUNT', name, -discountMinor)] : []),
      ...(taxMinor > 0 ? [step('TAX_INCLUDED', tax, 0)] : []),
    ]
    return steps.map((each) => ({ ...each, itemId: id }))
  })
  const off = voucher?.offMinor ?? 0
  const code = `${names.get(voucher?.id ?? '') ?? ''} (${voucher?.code})`
  return [
    ...ofLines,
    step('SHIPPING', methods[order.shippingMethod].name, shippingMinor + off),
    ...(voucher ? [step('SHIPPING_DISCOUNT', code, -off)] : []),
  ]
}
