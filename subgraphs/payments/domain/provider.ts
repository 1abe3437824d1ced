import type { Attempt, Refund, SeenIntent } from './payment.ts'

/** A refund as the provider has it. */
export interface SeenRefund {
  readonly id: string
  /** Of our own that it was made for; null where it was made over there. */
  readonly refundId: string | null
  readonly status: 'working' | 'succeeded' | 'failed'
  readonly amountMinor: number
  readonly currency: string
  readonly reason: string
}

/**
 * Whoever moves the money. Every deed has a key of ours, so that one that is asked for again is done
 * once; every answer is what is then so. It throws where that cannot be said.
 */
export interface Provider {
  create(attempt: Attempt): Promise<SeenIntent>
  confirm(attempt: Attempt, intentId: string): Promise<SeenIntent>
  capture(attempt: Attempt, intentId: string): Promise<SeenIntent>
  cancel(attempt: Attempt, intentId: string): Promise<SeenIntent>
  read(intentId: string): Promise<SeenIntent>
  /** By what it was made for; null where it was never made. */
  find(attempt: Attempt): Promise<SeenIntent | null>
  /** Null where it was refused. */
  refund(refund: Refund, intentId: string): Promise<SeenRefund | null>
  refundsOf(intentId: string): Promise<SeenRefund[]>
  /** Of an event, by what the provider calls it. */
  tellsOfRefunds(type: string): boolean
  dispute(disputeId: string): Promise<SeenDispute>
  /** All that were made then. */
  intentsBetween(from: Date, to: Date): AsyncIterable<SeenIntent>
  /** Refunds what is left of one that nobody here knows. */
  giveBack(intent: SeenIntent): Promise<void>
  /** Cancels one that nobody here knows. */
  drop(intent: SeenIntent): Promise<void>
}

export interface SeenDispute {
  readonly id: string
  readonly amountMinor: number
  readonly currency: string
  readonly reason: string
}

/** The provider forgets keys after a day: what is older is looked up, and never sent again. */
export const keyMs = 23 * 3_600_000

/** Longer than the provider is waited for, and short enough to be taken over within a minute. */
export const leaseMs = 20_000
