import type { Decided, Decision } from './decide.ts'
import type { Features } from './features.ts'
import type { OrderFacts } from './order-facts.ts'

export interface Assessment extends Decided {
  readonly id: string
  readonly orderId: string
  readonly model: { readonly name: string; readonly version: string }
  readonly degraded: boolean
  /** Of an order that nobody had asked about: from the little that its event tells. */
  readonly isFromEvent: boolean
  readonly computedAt: Date
  readonly confirmedAt: Date | null
}

/** As it is written down: with what it was made from, so that a rule can be tried on it later. */
export interface NewAssessment extends Omit<Assessment, 'confirmedAt'> {
  readonly facts: OrderFacts
  readonly features: Features
}

/** What a person is told at once. */
export const isSuspect = (decision: Decision): boolean =>
  decision === 'REVIEW' || decision === 'REJECT'

export type ReviewState = 'OPEN' | 'RELEASED' | 'REJECTED'

export interface Review {
  readonly id: string
  readonly assessmentId: string
  readonly state: ReviewState
  readonly openedAt: Date
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly note: string | null
}
