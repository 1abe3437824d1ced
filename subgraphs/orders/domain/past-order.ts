import type { Checkout } from './checkout-machine.ts'
import type { Order, OrderItem, OrderStage } from './order.ts'
import type { RiskFacts } from './plan.ts'

/** An order as it came to stand, with all that became of it: not made by a checkout, but told of. */
export interface PastOrder extends Omit<Order, 'number' | 'version' | 'withheldAt'> {
  /** Counted from one. */
  readonly place: number
  readonly quoteId: string
  readonly items: readonly Omit<OrderItem, 'orderId' | 'currency'>[]
  readonly stages: readonly Omit<OrderStage, 'orderId' | 'note'>[]
  readonly parcel: {
    readonly id: string
    readonly carrier: string
    readonly trackingNumber: string
  } | null
  readonly checkout: Checkout
  /** Of staff, where it waits for them. */
  readonly deadlineAt: Date | null
  readonly paymentMethodId: string
  readonly risk: RiskFacts
}
