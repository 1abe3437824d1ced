import { newId } from '@shop/kit/ids'
import { lookAtIntent } from './heed-webhook.ts'
import type { Acting } from './needs.ts'
import type { Attempt, SeenIntent } from './payment.ts'
import { judged } from './payment-state.ts'

export type ReconciliationKind =
  | 'UNKNOWN_CAPTURE'
  | 'UNKNOWN_ATTEMPT'
  | 'CAPTURE_WITHOUT_RECORD'
  | 'REFUND_WITHOUT_RECORD'
  | 'AMOUNT_DRIFT'
  | 'STATE_DRIFT'

export interface Finding {
  readonly id: string
  readonly kind: ReconciliationKind
  readonly providerReference: string
  readonly paymentId: string | null
  readonly orderId: string | null
  readonly amountMinor: number
  readonly currency: string
  /** What was found is put right. */
  readonly isMended: boolean
}

export interface Reconciliation {
  readonly id: string
  readonly from: Date
  readonly to: Date
  readonly compared: number
  readonly at: Date
}

interface Needs extends Acting {
  reports: { write(report: Reconciliation, findings: readonly Finding[]): Promise<void> }
}

/** A day and a half, so that each is compared again after the provider has forgotten its keys. */
const spanMs = 36 * 3_600_000
/** What is younger is still being settled by whoever began it. */
const youngestMs = 120_000

/** Lays what the provider has beside what is written here; what can be put right, is. */
export async function reconcile(needs: Needs): Promise<Reconciliation> {
  const now = needs.clock.now()
  const to = new Date(now.getTime() - youngestMs)
  const from = new Date(now.getTime() - spanMs)
  const findings: Finding[] = []
  let compared = 0
  for await (const seen of needs.provider.intentsBetween(from, to)) {
    compared += 1
    const found = await compare(needs, seen)
    if (found) findings.push(found)
  }
  const report = { id: newId(), from, to, compared, at: now }
  await needs.reports.write(report, findings)
  return report
}

async function compare(needs: Needs, seen: SeenIntent): Promise<Finding | null> {
  // Of other makers on the same account nothing is known, and nothing is touched.
  if (!seen.attemptId) return null
  const attempt = await needs.book.attempt(seen.attemptId)
  if (!attempt || (attempt.intentId ?? seen.id) !== seen.id) return takenBack(needs, seen)
  const kind = await driftOf(needs, attempt, seen)
  if (!kind) return null
  const isMended = kind !== 'AMOUNT_DRIFT' && (await lookAtIntent(needs, seen.id)) !== null
  return finding(kind, seen, { paymentId: attempt.paymentId, isMended })
}

async function driftOf(
  { book }: Needs,
  attempt: Attempt,
  seen: SeenIntent,
): Promise<ReconciliationKind | null> {
  const isOther = seen.amountMinor !== attempt.amountMinor || seen.currency !== attempt.currency
  if (isOther) return 'AMOUNT_DRIFT'
  if (seen.capturedMinor !== attempt.capturedMinor) return 'CAPTURE_WITHOUT_RECORD'
  const { to, stray } = judged(attempt.state, seen.status)
  if (to !== attempt.state || stray === 'cancel') return 'STATE_DRIFT'
  if (seen.capturedMinor === 0) return null
  const settled = await book.refundedOf(attempt.id)
  return settled === seen.refundedMinor ? null : 'REFUND_WITHOUT_RECORD'
}

/** Of an attempt that is not written here no order knows: no money is kept for it. */
async function takenBack({ provider }: Needs, seen: SeenIntent): Promise<Finding | null> {
  if (seen.status === 'cancelled') return null
  if (seen.status === 'captured') {
    if (seen.refundedMinor >= seen.capturedMinor) return null
    await provider.giveBack(seen)
    return finding('UNKNOWN_CAPTURE', seen, { isMended: true })
  }
  await provider.drop(seen)
  return finding('UNKNOWN_ATTEMPT', seen, { isMended: true })
}

interface Known {
  readonly paymentId?: string
  readonly isMended: boolean
}

const finding = (
  kind: ReconciliationKind,
  seen: SeenIntent,
  { paymentId, isMended }: Known,
): Finding => ({
  id: newId(),
  kind,
  providerReference: seen.id,
  paymentId: paymentId ?? null,
  orderId: seen.orderId,
  amountMinor: seen.capturedMinor || seen.amountMinor,
  currency: seen.currency,
  isMended,
})
