/** HELD rests; it ends as one of the others, and stays so. */
export type HoldState = 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED' | 'RETURNED'

/** Stock put aside for one owner until it is sold or its time runs out. */
export interface Hold {
  readonly id: string
  /** `user:<id>` or `guest:<id>`. */
  readonly owner: string
  readonly stepKey: string
  readonly reference: string | null
  readonly state: HoldState
  readonly expiresAt: Date
}

export interface HoldLine {
  readonly variantId: string
  readonly quantity: number
}

/** A line as it was taken: from one warehouse. */
export interface TakenLine extends HoldLine {
  readonly holdId: string
  readonly warehouseId: string
}
