import type { CheckoutState } from './checkout-machine.ts'
import type { Walking } from './walk.ts'

export interface CheckoutProgress {
  readonly cartId: string
  readonly orderId: string
  readonly step: Uppercase<Walking['checkout']['step']>
  readonly state: CheckoutState
  readonly at: Date
}

export const progressOf = ({
  cartId,
  orderId,
  checkout,
  updatedAt,
}: Walking & { updatedAt: Date }): CheckoutProgress => ({
  cartId,
  orderId,
  step: checkout.step.toUpperCase() as CheckoutProgress['step'],
  state: checkout.state,
  at: updatedAt,
})
