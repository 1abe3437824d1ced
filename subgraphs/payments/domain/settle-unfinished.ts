import { InProgress, UnknownOutcome } from '@shop/kit/errors'
import type { Acting } from './needs.ts'
import type { Attempt } from './payment.ts'
import { keyMs } from './provider.ts'
import { sendRefund } from './send-refund.ts'
import { look } from './settle-attempt.ts'
import { undo } from './void-payment.ts'

interface Needs extends Acting {
  unfinished: {
    /** Not looked at lately, for this caller alone for a while. */
    attempts(now: Date): Promise<(Attempt & { readonly isUndone: boolean })[]>
    refunds(now: Date): Promise<string[]>
  }
}

/** What nobody came back for. Run twice, or by two at once, it does nothing twice. */
export async function settleUnfinished(needs: Needs): Promise<number> {
  const { unfinished, clock } = needs
  const attempts = await unfinished.attempts(clock.now())
  for (const attempt of attempts) await patiently(() => settled(needs, attempt))
  const refunds = await unfinished.refunds(clock.now())
  for (const id of refunds) await patiently(() => sendRefund(needs, id))
  return attempts.length + refunds.length
}

type Unfinished = Attempt & { readonly isUndone: boolean }

async function settled(needs: Needs, attempt: Unfinished): Promise<unknown> {
  if (attempt.isUndone) return undo(needs, attempt.paymentId)
  if (attempt.intentId) return look(needs, attempt)
  const age = needs.clock.now().getTime() - attempt.createdAt.getTime()
  // Whose walk it is asks again with its key, or undoes it; after a day nobody does.
  if (age <= keyMs) return null
  return (await look(needs, attempt)) ?? needs.book.close(attempt.id, needs.clock.now())
}

/** The provider is away, or somebody else is at it: the next round looks again. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (fault) {
    if (!(fault instanceof UnknownOutcome || fault instanceof InProgress)) throw fault
  }
}
