import { InProgress } from '@shop/kit/errors'
import type { Acting, Settled } from './needs.ts'
import type { Attempt, SeenIntent } from './payment.ts'
import { keyMs, leaseMs } from './provider.ts'
import { sendRefund } from './send-refund.ts'

/** One at a time works on an attempt; of whoever comes meanwhile, each is told. */
export async function leasing<R>(
  needs: Acting,
  attemptId: string,
  work: (attempt: Attempt) => Promise<R>,
): Promise<R> {
  const attempt = await leased(needs, attemptId)
  if (!attempt) throw beingSettled()
  return holding(needs, attempt, () => work(attempt))
}

/** Null where somebody else is at it. */
export function leased({ book, clock }: Acting, attemptId: string): Promise<Attempt | null> {
  const now = clock.now()
  return book.lease(attemptId, new Date(now.getTime() + leaseMs), now)
}

/** Works on what was leased, and lets it go. */
export async function holding<R>(
  { book }: Acting,
  { id }: Attempt,
  work: () => Promise<R>,
): Promise<R> {
  try {
    return await work()
  } finally {
    await book.unlease(id)
  }
}

export const beingSettled = () => new InProgress('This payment is being settled; ask again.')

/** Writes down what was seen, and takes back at the provider what should not be there. */
export async function settle(needs: Acting, attempt: Attempt, seen: SeenIntent): Promise<Settled> {
  const { book, provider, clock, changed } = needs
  const settled = await book.settle(attempt.id, asOurs(attempt, seen), clock.now())
  await changed(settled.payment)
  if (settled.refundId) await sendRefund(needs, settled.refundId)
  if (settled.stray !== 'cancel') return settled
  return book.settle(attempt.id, await provider.cancel(attempt, seen.id), clock.now())
}

/** An intent of another amount than the order's pays for nothing. */
function asOurs(attempt: Attempt, seen: SeenIntent): SeenIntent {
  const isOurs =
    seen.amountMinor === attempt.amountMinor &&
    seen.currency === attempt.currency &&
    (seen.orderId ?? attempt.orderId) === attempt.orderId
  if (isOurs || seen.status === 'captured' || seen.status === 'cancelled') return seen
  return { ...seen, status: 'declined', failureCode: 'amount_mismatch' }
}

/** The attempt's intent as it is now; null where it was never made, nor ever will be. */
export async function intentOf(needs: Acting, attempt: Attempt): Promise<SeenIntent | null> {
  const { provider, clock } = needs
  if (attempt.intentId) return provider.read(attempt.intentId)
  const isOld = clock.now().getTime() - attempt.createdAt.getTime() > keyMs
  return isOld ? provider.find(attempt) : provider.create(attempt)
}

/** Looks at the provider and writes down what is so. */
export async function look(
  needs: Acting,
  attempt: Attempt,
): Promise<(Settled & { readonly seen: SeenIntent }) | null> {
  const seen = await intentOf(needs, attempt)
  if (!seen) return null
  return { ...(await settle(needs, attempt, seen)), seen }
}
