import type { CancelReason } from './order.ts'
import type { VoucherProblem } from './price.ts'

export interface OutOfStock {
  readonly kind: 'OutOfStock'
  readonly variantIds: readonly string[]
}

export interface PriceChanged {
  readonly kind: 'PriceChanged'
  readonly quoteId: string | null
}

export interface PaymentDeclined {
  readonly kind: 'PaymentDeclined'
  readonly code: string
}

export interface VoucherNotUsable {
  readonly kind: 'VoucherNotUsable'
  readonly code: string
  readonly reason: VoucherProblem
}

export interface AddressNotServed {
  readonly kind: 'AddressNotServed'
  readonly country: string
}

/** Why a step was not done, as the shopper is told. Ids and codes alone. */
export type Refusal =
  | OutOfStock
  | PriceChanged
  | PaymentDeclined
  | VoucherNotUsable
  | AddressNotServed

const reasons: Readonly<Record<Refusal['kind'], CancelReason>> = {
  OutOfStock: 'OUT_OF_STOCK',
  PriceChanged: 'PRICE_CHANGED',
  PaymentDeclined: 'DECLINED',
  VoucherNotUsable: 'VOUCHER',
  AddressNotServed: 'NOT_SERVED',
}

export const reasonOf = ({ kind }: Refusal): CancelReason => reasons[kind]
