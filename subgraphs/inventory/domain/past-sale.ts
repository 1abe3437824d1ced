import type { HoldState, TakenLine } from './hold.ts'

/** What was put aside for an order once, and what became of it: not held here, but told of. */
export interface PastSale {
  readonly id: string
  readonly owner: string
  readonly orderId: string
  readonly state: Exclude<HoldState, 'HELD' | 'EXPIRED'>
  readonly heldAt: Date
  /** When it was sold; null where it never was. */
  readonly soldAt: Date | null
  readonly settledAt: Date
  readonly lines: readonly Omit<TakenLine, 'holdId'>[]
}
