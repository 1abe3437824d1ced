import type { Clock } from '@shop/kit/clock'
import type { Asked } from '@shop/kit/identity'
import type { Attempt, Payment, Refund, SeenIntent } from './payment.ts'
import type { Stray } from './payment-state.ts'
import type { Provider, SeenDispute, SeenRefund } from './provider.ts'

/** What became of an attempt when it was last looked at. */
export interface Settled {
  readonly attempt: Attempt
  readonly payment: Payment
  /** Still to be taken back at the provider. */
  readonly stray: Stray | null
  /** Of money that was found taken and goes back. */
  readonly refundId: string | null
}

/** Payments as the shop itself keeps them, whoever asks. */
export interface Book {
  payment(orderId: string): Promise<Payment | null>
  paymentWith(id: string): Promise<Payment | null>
  attempt(attemptId: string): Promise<Attempt | null>
  /** With the payment that it is of. */
  standing(attemptId: string): Promise<{ attempt: Attempt; payment: Payment } | null>
  attemptsOf(paymentId: string): Promise<Attempt[]>
  /** The attempt as it is then; null where somebody else is at it, or there is none. */
  lease(attemptId: string, until: Date, now: Date): Promise<Attempt | null>
  unlease(attemptId: string): Promise<void>
  /** Before anything is confirmed. False where it was undone meanwhile. */
  keepIntent(attemptId: string, intentId: string): Promise<boolean>
  settle(attemptId: string, seen: SeenIntent, now: Date): Promise<Settled>
  /** Voids one that was never made at the provider. */
  close(attemptId: string, now: Date): Promise<void>
  refund(refundId: string): Promise<Refund | null>
  /** False where somebody else is at it, or has ended it. */
  leaseRefund(refundId: string, until: Date, now: Date): Promise<boolean>
  unleaseRefund(refundId: string): Promise<void>
  settleRefund(refundId: string, seen: SeenRefund | null, now: Date): Promise<void>
  /** Ours that was made for it, whichever of the two ids is known. */
  refundOf(seen: SeenRefund): Promise<Refund | null>
  /** One that was made at the provider itself; false where it would pass the capture. */
  adoptRefund(attempt: Attempt, seen: SeenRefund, now: Date): Promise<boolean>
  /** What of an attempt's money is settled to have gone back. */
  refundedOf(attemptId: string): Promise<number>
  /** Told of once. */
  keepDispute(attempt: Attempt, seen: SeenDispute, now: Date): Promise<void>
  /** All that is left of a capture, as one refund under way; null where nothing is left. */
  promiseRest(paymentId: string, reason: string, now: Date): Promise<Refund | null>
}

/** What an act that reaches the provider is given. */
export interface Acting {
  readonly clock: Clock
  readonly provider: Provider
  readonly book: Book
  /** Told after it is committed; a hint. */
  changed(payment: Payment): Promise<void>
}

interface Keyed {
  readonly idempotencyKey: string
}

/** Runs the first part of an act, which decides and writes down all outside keys, once. */
export type Once<Local> = <Input extends Keyed, Outcome extends object>(
  field: string,
  act: (needs: Local, input: Input) => Promise<Outcome>,
  input: Input,
) => Promise<Outcome>

export interface Begun<Local> extends Acting, Asked {
  readonly once: Once<Local>
}
