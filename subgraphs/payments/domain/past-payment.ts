import type { Attempt, Payment, PaymentState, Refund } from './payment.ts'

/** A payment as it came to stand, with all that moved: not made here, but told of. */
export interface PastPayment extends Omit<Payment, 'attemptId' | 'promisedMinor'> {
  readonly attempt: Pick<
    Attempt,
    'id' | 'state' | 'method' | 'requiresThreeDSecure' | 'intentId' | 'brand' | 'last4'
  >
  readonly moves: readonly {
    readonly id: string
    readonly from: PaymentState | null
    readonly to: PaymentState
    readonly at: Date
  }[]
  readonly capturedAt: Date | null
  readonly refunds: readonly (Pick<Refund, 'id' | 'amountMinor' | 'reason' | 'lines'> & {
    readonly providerId: string
    readonly at: Date
  })[]
  readonly dispute: { readonly id: string; readonly reason: string; readonly at: Date } | null
}
