import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, UnknownOutcome } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import type { Begun } from './needs.ts'
import { moneyOf, type Payment, type Refund, type RefundLine, refundableOf } from './payment.ts'
import { checkAmount, checkReason, newRefund, type RefundTooLarge } from './refund-order.ts'
import { sendRefund } from './send-refund.ts'

interface Requesting extends Asked {
  clock: Clock
  payments: {
    ofOrder(orderId: string): Promise<Payment | null>
    /** At most ten of a payment wait at once: false for one more. */
    request(refund: Refund): Promise<boolean>
  }
}

export interface RequestRefund {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly amount: Money
  readonly reason: string
  readonly lines?: readonly RefundLine[]
}

export interface RefundRequested {
  readonly kind: 'RefundRequested'
  readonly refundId: string
}

/** Nothing is promised by it: what can be refunded is looked at when staff decide. */
export async function requestRefund(
  { payments, clock }: Requesting,
  { orderId, amount, reason, lines = [] }: RequestRefund,
): Promise<RefundRequested | RefundTooLarge> {
  checkReason(reason)
  checkLines(lines)
  const payment = await payments.ofOrder(orderId)
  if (!payment) throw new NotFound('There is no such payment.')
  checkAmount(amount, payment)
  const left = refundableOf(payment)
  if (amount.amountMinor > left) {
    return { kind: 'RefundTooLarge', refundable: moneyOf(left, payment) }
  }
  const now = clock.now()
  const refund = newRefund({ payment, amount, reason, lines, state: 'REQUESTED', now })
  if (!(await payments.request(refund))) throw new BadUserInput('Too many wait for a decision.')
  return { kind: 'RefundRequested', refundId: refund.id }
}

function checkLines(lines: readonly RefundLine[]): void {
  if (lines.length > 100) throw new BadUserInput('At most 100 lines.')
  const isGood = ({ quantity }: RefundLine) => quantity >= 1 && quantity <= 1000
  if (!lines.every(isGood)) throw new BadUserInput('A quantity is from 1 to 1000.')
}

interface Deciding extends Asked {
  payments: {
    /** From REQUESTED alone; whether it is promised now, and null where there is none that waits. */
    decide(id: string, isApproved: boolean): Promise<boolean | null>
  }
}

export interface ProcessRefund {
  readonly idempotencyKey: string
  readonly id: string
  readonly decision: 'APPROVE' | 'REJECT'
}

export interface RefundProcessed {
  readonly kind: 'RefundProcessed'
  readonly refundId: string
}

export async function processRefund(
  needs: Begun<Deciding>,
  input: ProcessRefund,
): Promise<RefundProcessed | RefundTooLarge> {
  const { refundId, isPromised } = await needs.once('processRefund', decide, input)
  if (isPromised) {
    const sent = await sendRefund(needs, refundId)
    if (sent?.state === 'PENDING') throw new UnknownOutcome('The refund is under way; ask again.')
  } else if (input.decision === 'APPROVE') return tooLarge(needs, refundId)
  return { kind: 'RefundProcessed', refundId }
}

async function decide({ payments }: Deciding, { id, decision }: ProcessRefund) {
  const isPromised = isId(id) ? await payments.decide(id, decision === 'APPROVE') : null
  if (isPromised === null) throw new NotFound('There is no such request that waits.')
  return { kind: 'RefundDecided', refundId: id, isPromised }
}

async function tooLarge({ book }: Begun<Deciding>, refundId: string): Promise<RefundTooLarge> {
  const refund = await book.refund(refundId)
  const payment = refund && (await book.paymentWith(refund.paymentId))
  if (!payment) throw new NotFound('There is no such payment.')
  return { kind: 'RefundTooLarge', refundable: moneyOf(refundableOf(payment), payment) }
}
