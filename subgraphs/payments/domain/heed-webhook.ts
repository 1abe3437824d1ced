import { UnknownOutcome } from '@shop/kit/errors'
import type { Acting } from './needs.ts'
import type { Attempt, Payment, SeenIntent } from './payment.ts'
import { judged } from './payment-state.ts'
import type { Heard } from './receive-webhook.ts'
import { settle } from './settle-attempt.ts'

type Hint = Heard & { readonly id: string }

export interface Heeding extends Acting {
  webhooks: {
    /** Those whose time has come, for this caller alone for a while. */
    claim(now: Date): Promise<Hint[]>
    settle(
      ids: readonly string[],
      state: 'PROCESSED' | 'IGNORED' | 'FAILED',
      now: Date,
    ): Promise<void>
  }
  /** Of a saved means of payment; false where it is none of ours. */
  lookAtSetup(setupId: string): Promise<boolean>
}

/** A provider takes a fifth of a second to say how an intent stands: so many are asked for at once. */
const mostAtOnce = 8

/**
 * A webhook says only where to look: the object is read from the provider, and settled as any is.
 * However many tell of one object, it is looked at once.
 */
export async function heedWebhooks(needs: Heeding): Promise<number> {
  const claimed = await needs.webhooks.claim(needs.clock.now())
  const subjects = Map.groupBy(claimed, ({ id, setupId, intentId }) => setupId ?? intentId ?? id)
  const waiting = subjects.values()
  const one = async () => {
    for (const hints of waiting) {
      const state = await heeded(needs, hints)
      const ids = hints.map(({ id }) => id)
      await needs.webhooks.settle(ids, state, needs.clock.now())
    }
  }
  await Promise.all(Array.from({ length: Math.min(mostAtOnce, subjects.size) }, one))
  return claimed.length
}

/** Away is not gone: it is looked at again later. */
async function heeded(
  needs: Heeding,
  hints: readonly Hint[],
): Promise<'PROCESSED' | 'IGNORED' | 'FAILED'> {
  try {
    return (await isOurs(needs, hints)) ? 'PROCESSED' : 'IGNORED'
  } catch (fault) {
    if (fault instanceof UnknownOutcome) return 'FAILED'
    throw fault
  }
}

async function isOurs(needs: Heeding, hints: readonly Hint[]): Promise<boolean> {
  const { setupId, intentId } = hints[0] as Hint
  if (setupId) return needs.lookAtSetup(setupId)
  const attempt = intentId ? await heedIntent(needs, intentId, hints) : null
  const disputes = new Set(hints.flatMap(({ disputeId }) => disputeId ?? []))
  for (const disputeId of attempt ? disputes : []) {
    const dispute = await needs.provider.dispute(disputeId)
    await needs.book.keepDispute(attempt as Attempt, dispute, needs.clock.now())
  }
  return attempt !== null
}

/** Mostly whoever did the deed has written it down before the provider tells of it. */
async function heedIntent(
  needs: Acting,
  intentId: string,
  hints: readonly Hint[],
): Promise<Attempt | null> {
  const seen = await needs.provider.read(intentId)
  const known = seen.attemptId ? await needs.book.standing(seen.attemptId) : null
  if (!known || !isOf(known.attempt, seen)) return null
  const isOfRefunds = hints.some(({ type }) => needs.provider.tellsOfRefunds(type))
  if (isOfRefunds || !isKnown(known, seen)) await lookInto(needs, known.attempt, seen)
  return known.attempt
}

interface Standing {
  readonly attempt: Attempt
  readonly payment: Payment
}

/** Whether it would be settled as it stands, all its money too. */
function isKnown({ attempt, payment }: Standing, seen: SeenIntent): boolean {
  const { to, stray } = judged(attempt.state, seen.status)
  return (
    to === attempt.state &&
    stray === null &&
    payment.undoneAt === null &&
    attempt.intentId === seen.id &&
    attempt.capturedMinor === seen.capturedMinor &&
    attempt.amountMinor === seen.amountMinor &&
    attempt.currency === seen.currency &&
    payment.refundedMinor === seen.refundedMinor &&
    payment.promisedMinor === seen.refundedMinor
  )
}

/** The intent and all its refunds as they are now; null where it was not made for an attempt of ours. */
export async function lookAtIntent(needs: Acting, intentId: string): Promise<Attempt | null> {
  const seen = await needs.provider.read(intentId)
  const attempt = seen.attemptId ? await needs.book.attempt(seen.attemptId) : null
  if (!attempt || !isOf(attempt, seen)) return null
  await lookInto(needs, attempt, seen)
  return attempt
}

async function lookInto(needs: Acting, attempt: Attempt, seen: SeenIntent): Promise<void> {
  await settle(needs, attempt, seen)
  if (seen.capturedMinor > 0) await lookAtRefunds(needs, attempt, seen)
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
