import type { Money } from '@shop/kit/money'
import type { Happening, Review } from './checkout-machine.ts'

export type RiskDecision = 'ALLOW' | 'REQUIRE_3DS' | 'REVIEW' | 'REJECT'

/** What an assessment makes of the walk; null is one that did not come in its time. */
export function risked(
  decision: RiskDecision | null,
  total: Money,
  blindLimitMinor: number,
): Happening {
  switch (decision) {
    case 'ALLOW':
      return { kind: 'done' }
    case 'REQUIRE_3DS':
      return { kind: 'done', needs3ds: true }
    case 'REVIEW':
      return { kind: 'done', review: 'PENDING' }
    case 'REJECT':
      // As any other decline reads: a reason would teach the next try.
      return {
        kind: 'refused',
        refusal: { kind: 'PaymentDeclined', code: 'card_declined' },
        reason: 'DECLINED',
      }
    case null:
      return total.amountMinor > blindLimitMinor
        ? { kind: 'done', review: 'UNJUDGED' }
        : { kind: 'done' }
  }
}

/** The same, of an order that rests because none came in its time. */
export const judged = (decision: RiskDecision | null): Happening =>
  decision === null ? { kind: 'unknown' } : { kind: 'judged', review: reviewBy[decision] }

const reviewBy: Readonly<Record<RiskDecision, Exclude<Review, 'UNJUDGED'>>> = {
  ALLOW: 'RELEASED',
  // The payment is authorized already: it is too late for the bank to ask.
  REQUIRE_3DS: 'PENDING',
  REVIEW: 'PENDING',
  REJECT: 'REJECTED',
}
