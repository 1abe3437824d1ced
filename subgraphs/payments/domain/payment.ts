import { NotFound, ShopError } from '@shop/kit/errors'
import type { MinorUnits, Money } from '@shop/kit/money'

export type PaymentState =
  | 'PENDING'
  | 'REQUIRES_ACTION'
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'FAILED'
  | 'VOIDED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'

/** What one order costs, and what became of it. It has one attempt that counts. */
export interface Payment {
  readonly id: string
  readonly orderId: string
  /** `user:<id>` or `guest:<id>`. */
  readonly owner: string
  readonly attemptId: string
  readonly state: PaymentState
  readonly amountMinor: MinorUnits
  readonly currency: string
  readonly capturedMinor: MinorUnits
  /** Of refunds that are under way or settled. */
  readonly promisedMinor: MinorUnits
  /** Of refunds that are settled. */
  readonly refundedMinor: MinorUnits
  readonly failureCode: string | null
  readonly undoneAt: Date | null
  readonly createdAt: Date
}

export type AttemptState = Exclude<PaymentState, 'PARTIALLY_REFUNDED' | 'REFUNDED'>

/** One try. Its id is the key under which the provider is told of it. */
export interface Attempt {
  readonly id: string
  readonly paymentId: string
  readonly orderId: string
  readonly state: AttemptState
  readonly amountMinor: MinorUnits
  readonly currency: string
  /** The provider's id of the means of payment; null where the client brings it. */
  readonly method: string | null
  /** The provider's id of the shopper whose saved method it is. */
  readonly customer: string | null
  readonly requiresThreeDSecure: boolean
  /** The provider's id, once it is known to have been made there. */
  readonly intentId: string | null
  readonly replacedBy: string | null
  readonly failureCode: string | null
  readonly brand: string | null
  readonly last4: string | null
  readonly capturedMinor: MinorUnits
  readonly createdAt: Date
}

/** A payment intent as the provider has it, in the shop's words. */
export interface SeenIntent {
  readonly id: string
  /** Of our own that it was made for; null where it says nothing. */
  readonly attemptId: string | null
  readonly orderId: string | null
  readonly status:
    | 'open'
    | 'asking'
    | 'working'
    | 'declined'
    | 'authorized'
    | 'captured'
    | 'cancelled'
  readonly amountMinor: MinorUnits
  readonly currency: string
  readonly capturedMinor: MinorUnits
  readonly refundedMinor: MinorUnits
  readonly failureCode: string | null
  readonly card: { readonly brand: string; readonly last4: string } | null
  /** For the owner alone: never kept, never logged. */
  readonly clientSecret: string | null
  readonly redirectUrl: string | null
}

export type RefundState = 'REQUESTED' | 'REJECTED' | 'PENDING' | 'SUCCEEDED' | 'FAILED'

export interface Refund {
  readonly id: string
  readonly paymentId: string
  /** By whose charge the money came. */
  readonly attemptId: string
  readonly state: RefundState
  readonly amountMinor: MinorUnits
  readonly currency: string
  readonly reason: string
  readonly lines: readonly RefundLine[]
  readonly providerId: string | null
  readonly createdAt: Date
  readonly settledAt: Date | null
}

export interface RefundLine {
  readonly orderItemId: string
  readonly quantity: number
}

/** The step was undone before it was heard of: what comes late does nothing. */
export class StepUndone extends ShopError {
  readonly code = 'STEP_UNDONE'
}

/** It lies outside of what the provider can charge in this currency. */
export class AmountNotChargeable extends ShopError {
  readonly code = 'AMOUNT_NOT_CHARGEABLE'
}

export const moneyOf = (amountMinor: MinorUnits, { currency }: { currency: string }): Money => ({
  amountMinor,
  currency,
})

export const refundableOf = (
  payment: Pick<Payment, 'capturedMinor' | 'promisedMinor'>,
): MinorUnits => payment.capturedMinor - payment.promisedMinor

export const oneOrNone = <V>(value: V | null): readonly V[] => (value ? [value] : [])

export const cardOf = ({ brand, last4 }: Pick<Attempt, 'brand' | 'last4'>) =>
  brand && last4 ? { brand, last4 } : null

export function there<V>(value: V | null): V {
  if (value === null) throw new NotFound('There is no such thing.')
  return value
}
