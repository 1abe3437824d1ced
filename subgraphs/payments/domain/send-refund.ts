import type { Acting } from './needs.ts'
import type { Refund } from './payment.ts'
import { keyMs, leaseMs, type SeenRefund } from './provider.ts'

/** Sends a refund that was promised, or looks up what became of it, and writes that down. */
export async function sendRefund(needs: Acting, refundId: string): Promise<Refund | null> {
  const { book, clock, changed } = needs
  const now = clock.now()
  if (await book.leaseRefund(refundId, new Date(now.getTime() + leaseMs), now)) {
    try {
      await book.settleRefund(refundId, await sent(needs, refundId), clock.now())
    } finally {
      await book.unleaseRefund(refundId)
    }
  }
  const refund = await book.refund(refundId)
  const payment = refund && (await book.paymentWith(refund.paymentId))
  if (payment) await changed(payment)
  return refund
}

/** Null where it was never made, nor ever will be: its key is forgotten over there. */
async function sent(
  { book, provider, clock }: Acting,
  refundId: string,
): Promise<SeenRefund | null> {
  const refund = await book.refund(refundId)
  const { intentId } = (refund && (await book.attempt(refund.attemptId))) ?? {}
  if (!refund || !intentId) return null
  const isOld = clock.now().getTime() - refund.createdAt.getTime() > keyMs
  if (!isOld && !refund.providerId) return provider.refund(refund, intentId)
  const all = await provider.refundsOf(intentId)
  return all.find((each) => each.refundId === refund.id || each.id === refund.providerId) ?? null
}
