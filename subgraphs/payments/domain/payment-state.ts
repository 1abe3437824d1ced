import type { AttemptState, Payment, PaymentState, SeenIntent } from './payment.ts'

/** Every path of a payment is a path through these. */
const moves: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  PENDING: ['REQUIRES_ACTION', 'AUTHORIZED', 'CAPTURED', 'FAILED', 'VOIDED'],
  // To PENDING when another attempt takes the place of the one that is asked about.
  REQUIRES_ACTION: ['PENDING', 'AUTHORIZED', 'CAPTURED', 'FAILED', 'VOIDED'],
  AUTHORIZED: ['CAPTURED', 'VOIDED'],
  CAPTURED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  // Back only where the bank returns a refund.
  PARTIALLY_REFUNDED: ['REFUNDED', 'CAPTURED'],
  REFUNDED: ['PARTIALLY_REFUNDED', 'CAPTURED'],
  FAILED: [],
  VOIDED: [],
}

export const mayMove = (from: PaymentState, to: PaymentState): boolean => moves[from].includes(to)

/** What has to be done at the provider about an intent that is not as it should be. */
export type Stray = 'cancel' | 'refund'

export interface Judgement {
  readonly to: AttemptState
  readonly stray: Stray | null
}

const seenAs = {
  open: null,
  working: null,
  asking: 'REQUIRES_ACTION',
  declined: 'FAILED',
  authorized: 'AUTHORIZED',
  captured: 'CAPTURED',
  cancelled: 'VOIDED',
} as const satisfies Record<SeenIntent['status'], AttemptState | null>

/**
 * What an attempt becomes by what was seen of it at the provider. What was seen may be old: two who
 * look at once may come to write in the other order, so nothing moves back.
 */
export function judged(state: AttemptState, status: SeenIntent['status']): Judgement {
  const to = seenAs[status]
  if (state === 'FAILED' || state === 'VOIDED') return { to: state, stray: strayOf(status) }
  if (to === null || !mayMove(state, to)) return { to: state, stray: null }
  // It could be confirmed again with another card, by whoever holds the secret.
  return { to, stray: to === 'FAILED' ? 'cancel' : null }
}

function strayOf(status: SeenIntent['status']): Stray | null {
  if (status === 'cancelled') return null
  return status === 'captured' ? 'refund' : 'cancel'
}

/** Of a payment whose attempt stands so and of which so much has gone back. */
export function stateOf(
  attempt: AttemptState,
  payment: Pick<Payment, 'capturedMinor' | 'refundedMinor'>,
): PaymentState {
  if (attempt !== 'CAPTURED' || payment.refundedMinor === 0) return attempt
  return payment.refundedMinor < payment.capturedMinor ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
}
