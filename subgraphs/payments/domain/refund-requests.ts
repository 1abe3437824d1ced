import type { Clock } from '@shop/kit/clock'
import { BadUserInput, NotFound, ShopError, UnknownOutcome } from '@shop/kit/errors'
import type { Asked } from '@shop/kit/identity'
import { isId } from '@shop/kit/ids'
import type { Money } from '@shop/kit/money'
import type { Begun, Once } from './needs.ts'
import { moneyOf, type Payment, type Refund, type RefundLine, refundableOf } from './payment.ts'
import { checkAmount, checkReason, newRefund, type RefundTooLarge } from './refund-order.ts'
import { sendRefund } from './send-refund.ts'

export class NotInOrder extends ShopError {
  readonly code = 'NOT_IN_ORDER'
}

interface Local extends Asked {
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

export interface BoughtItem {
  readonly id: string
  readonly quantity: number
}

export interface Requesting {
  readonly once: Once<Local>
  readonly payments: Pick<Local['payments'], 'ofOrder'>
  /** As orders has them. */
  itemsOf(payment: Payment): Promise<readonly BoughtItem[]>
}

/** Nothing is promised by it: what can be refunded is looked at when staff decide. */
export async function requestRefund(
  needs: Requesting,
  input: RequestRefund,
): Promise<RefundRequested | RefundTooLarge> {
  const { orderId, reason, lines = [] } = input
  checkReason(reason)
  checkLines(lines)
  // Asked before the transaction begins: an answer can take as long as its time.
  if (lines.length > 0) {
    const payment = known(await needs.payments.ofOrder(orderId))
    checkBought(lines, await needs.itemsOf(payment))
  }
  return needs.once('requestRefund', keepRequest, input)
}

async function keepRequest(
  { payments, clock }: Local,
  { orderId, amount, reason, lines = [] }: RequestRefund,
): Promise<RefundRequested | RefundTooLarge> {
  const payment = known(await payments.ofOrder(orderId))
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

function known(payment: Payment | null): Payment {
  if (!payment) throw new NotFound('There is no such payment.')
  return payment
}

function checkLines(lines: readonly RefundLine[]): void {
  if (lines.length > 100) throw new BadUserInput('At most 100 lines.')
  const isGood = ({ quantity }: RefundLine) => quantity >= 1 && quantity <= 1000
  if (!lines.every(isGood)) throw new BadUserInput('A quantity is from 1 to 1000.')
}

/** Of an item that is named twice, both together. */
function checkBought(lines: readonly RefundLine[], items: readonly BoughtItem[]): void {
  const left = new Map(items.map(({ id, quantity }) => [id, quantity]))
  for (const { orderItemId, quantity } of lines) {
    const bought = left.get(orderItemId)
    if (bought === undefined) throw new NotInOrder('A line is not of this order.')
    if (quantity > bought) throw new NotInOrder('A line has more pieces than were bought.')
    left.set(orderItemId, bought - quantity)
  }
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
