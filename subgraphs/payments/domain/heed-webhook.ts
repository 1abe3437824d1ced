import { UnknownOutcome } from '@shop/kit/errors'
import type { Acting } from './needs.ts'
import type { Attempt, SeenIntent } from './payment.ts'
import type { Heard } from './receive-webhook.ts'
import { settle } from './settle-attempt.ts'

export interface Heeding extends Acting {
  webhooks: {
    /** Those whose time has come, for this caller alone for a while. */
    claim(now: Date): Promise<(Heard & { readonly id: string })[]>
    settle(id: string, state: 'PROCESSED' | 'IGNORED' | 'FAILED', now: Date): Promise<void>
  }
  /** Of a saved means of payment; false where it is none of ours. */
  lookAtSetup(setupId: string): Promise<boolean>
}

/** A webhook says only where to look: the object is read from the provider, and settled as any is. */
export async function heedWebhooks(needs: Heeding): Promise<number> {
  const claimed = await needs.webhooks.claim(needs.clock.now())
  for (const delivery of claimed) {
    const state = await heeded(needs, delivery)
    await needs.webhooks.settle(delivery.id, state, needs.clock.now())
  }
  return claimed.length
}

/** Away is not gone: it is looked at again later. */
async function heeded(needs: Heeding, heard: Heard): Promise<'PROCESSED' | 'IGNORED' | 'FAILED'> {
  try {
    return (await isOurs(needs, heard)) ? 'PROCESSED' : 'IGNORED'
  } catch (fault) {
    if (fault instanceof UnknownOutcome) return 'FAILED'
    throw fault
  }
}

async function isOurs(needs: Heeding, { intentId, setupId, disputeId }: Heard): Promise<boolean> {
  if (setupId) return needs.lookAtSetup(setupId)
  const attempt = intentId ? await lookAtIntent(needs, intentId) : null
  if (attempt && disputeId) {
    await needs.book.keepDispute(
      attempt,
      await needs.provider.dispute(disputeId),
      needs.clock.now(),
    )
  }
  return attempt !== null
}

/** The intent and all its refunds as they are now; null where it was not made for an attempt of ours. */
export async function lookAtIntent(needs: Acting, intentId: string): Promise<Attempt | null> {
  const seen = await needs.provider.read(intentId)
  const attempt = seen.attemptId ? await needs.book.attempt(seen.attemptId) : null
  if (!attempt || !isOf(attempt, seen)) return null
  await needs.book.keepIntent(attempt.id, seen.id)
  await settle(needs, attempt, seen)
  if (seen.capturedMinor > 0) await lookAtRefunds(needs, attempt, seen)
  return attempt
}

/** Metadata can be written by whoever has the provider's dashboard; what was kept first counts. */
const isOf = (attempt: Attempt, seen: SeenIntent) =>
  (attempt.intentId ?? seen.id) === seen.id && attempt.orderId === seen.orderId

async function lookAtRefunds(
  { book, provider, clock, changed }: Acting,
  attempt: Attempt,
  seen: SeenIntent,
) {
  for (const refund of await provider.refundsOf(seen.id)) {
    const known = await book.refundOf(refund)
    if (known) await book.settleRefund(known.id, refund, clock.now())
    else await book.adoptRefund(attempt, refund, clock.now())
  }
  const payment = await book.paymentWith(attempt.paymentId)
  if (payment) await changed(payment)
}
