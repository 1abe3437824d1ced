import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, UnknownOutcome } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { newId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import type { Begun } from './needs.ts'
import { moneyOf, type Payment, type Refund, refundableOf } from './payment.ts'
import { sendRefund } from './send-refund.ts'

interface Local extends Asked {
  clock: Clock
  payments: {
    ofOrder(orderId: string): Promise<Payment | null>
    /** One statement: false where with what is promised already it would pass the capture. */
    promise(refund: Refund): Promise<boolean>
  }
}

export interface RefundOrder {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly amount: Money
  readonly reason: string
}

export interface OrderRefunded {
  readonly kind: 'OrderRefunded'
  readonly refundId: string
  readonly amount: Money
}

export interface RefundTooLarge {
  readonly kind: 'RefundTooLarge'
  readonly refundable: Money
}

/** Asked again with its key, it is sent once. A refund that the bank refuses is none. */
export async function refundOrder(
  needs: Begun<Local>,
  input: RefundOrder,
): Promise<OrderRefunded | RefundTooLarge> {
  const begun = await needs.once('refundOrder', beginRefund, input)
  if (begun.kind === 'RefundTooLarge') return begun
  const refund = await sendRefund(needs, begun.refundId)
  if (refund?.state === 'SUCCEEDED') {
    return {
      kind: 'OrderRefunded',
      refundId: refund.id,
      amount: moneyOf(refund.amountMinor, refund),
    }
  }
  if (refund?.state === 'PENDING') throw new UnknownOutcome('The refund is under way; ask again.')
  const payment = await needs.book.payment(input.orderId)
  const left = payment ? refundableOf(payment) : 0
  return { kind: 'RefundTooLarge', refundable: moneyOf(left, input.amount) }
}

async function beginRefund({ payments, clock }: Local, { orderId, amount, reason }: RefundOrder) {
  checkReason(reason)
  const payment = await payments.ofOrder(orderId)
  if (!payment) throw new NotFound('There is no such payment.')
  checkAmount(amount, payment)
  const refund = newRefund({ payment, amount, reason, state: 'PENDING', now: clock.now() })
  if (await payments.promise(refund)) return { kind: 'RefundBegun', refundId: refund.id } as const
  const now = (await payments.ofOrder(orderId)) ?? payment
  return { kind: 'RefundTooLarge', refundable: moneyOf(refundableOf(now), payment) } as const
}

export function checkAmount(amount: Money, payment: Payment): void {
  if (amount.currency !== payment.currency) {
    throw new BadUserInput('It was paid in another currency.')
  }
  if (amount.amountMinor < 1) throw new BadUserInput('A refund is at least 1.')
}

export function checkReason(reason: string): void {
  if (reason.length > 500) throw new BadUserInput('A reason has at most 500 characters.')
}

interface Refunding {
  payment: Payment
  amount: Money
  reason: string
  state: Refund['state']
  lines?: Refund['lines']
  now: Date
}

export const newRefund = ({
  payment,
  amount,
  reason,
  state,
  lines = [],
  now,
}: Refunding): Refund => ({
  id: newId(),
  paymentId: payment.id,
  attemptId: payment.attemptId,
  state,
  ...amount,
  reason,
  lines,
  providerId: null,
  createdAt: now,
  settledAt: null,
})
