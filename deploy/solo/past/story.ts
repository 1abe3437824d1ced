import type { PastOrder } from '@shop/orders/bulk'
import type { PastPayment } from '@shop/payments/bulk'
import type { Placed } from './placed.ts'

export type Stage = PastOrder['stages'][number]
type Checkout = PastOrder['checkout']

export interface Money {
  readonly state: PastPayment['state']
  readonly attempt: PastPayment['attempt']['state']
  readonly moves: readonly (readonly [to: PastPayment['state'], at: Date])[]
  readonly capturedAt: Date | null
  readonly undoneAt: Date | null
  readonly failureCode: string | null
  readonly refunds: readonly Back[]
}

export interface Back {
  readonly amountMinor: number
  readonly reason: string
  readonly at: Date
  readonly lines: readonly { readonly orderItemId: string; readonly quantity: number }[]
}

export interface Review {
  readonly state: 'OPEN' | 'RELEASED' | 'REJECTED'
  readonly openedAt: Date
  readonly decidedAt: Date | null
}

/** What became of an order everywhere: each part of the shop tells its own part of it. */
export interface Story {
  readonly stages: readonly Stage[]
  readonly cancelReason: PastOrder['cancelReason']
  readonly paidAt: Date | null
  readonly checkout: Checkout
  readonly deadlineAt: Date | null
  /** Null where it never came to a payment. */
  readonly money: Money | null
  readonly stock: 'COMMITTED' | 'RELEASED' | 'RETURNED'
  /** When the stock was sold, if it was, and when what was taken was given back. */
  readonly soldAt: Date | null
  readonly undoneAt: Date | null
  readonly review: Review | null
}

/** So many seconds later. */
export const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000)
export const hour = 3600

export const walked: Checkout = {
  ...{ state: 'DONE', step: 'confirm', toUndo: [], reason: null, refusal: null },
  ...{ cancel: null, review: null, needs3ds: false },
}

export const nothing = {
  paidAt: null,
  deadlineAt: null,
  money: null,
  soldAt: null,
  review: null,
} as const

export const stage = (status: Stage['status'], at: Date, by: Stage['by'] = 'SHOP'): Stage => ({
  ...{ status, at, by },
})

export const begun = ({ placedAt }: Placed) => stage('PENDING', placedAt, 'SHOPPER')

export const authorized = (placedAt: Date): Money['moves'] => [
  ['PENDING', after(placedAt, 1)],
  ['AUTHORIZED', after(placedAt, 2)],
]
