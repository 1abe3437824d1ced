import type { PastIntent, PastWriter } from '@shop/doubles/stripe/past'
import type { NewAssessment, PastAssessment } from '@shop/fraud/bulk'
import type { PastSale } from '@shop/inventory/bulk'
import type { PastOrder } from '@shop/orders/bulk'
import type { PastPayment } from '@shop/payments/bulk'
import type { PastPrice } from '@shop/promotions/bulk'
import { idOf, type Ordered } from './ordered.ts'
import type { Placed } from './placed.ts'
import type { Story } from './story.ts'

/** Of one order, what each part of the shop has of it. */
export interface Past {
  readonly order: PastOrder
  readonly payment: PastPayment | null
  readonly sale: PastSale
  readonly price: PastPrice
  readonly assessment: PastAssessment
}

export interface Told {
  readonly placed: Placed
  readonly ordered: Ordered
  readonly story: Story
  /** When the card's owner had complained; null where nobody has yet. */
  readonly reportedAt: Date | null
}

export function orderPart(told: Told, risk: PastOrder['risk']): PastOrder {
  const { placed, ordered, story } = told
  const { stages, cancelReason, paidAt, checkout, deadlineAt, money } = story
  const at = (status: string) => stages.find((stage) => stage.status === status)?.at ?? null
  const shippedAt = at('SHIPPED')
  const refunds = money?.refunds ?? []
  return {
    ...{ ...ordered, risk, stages, cancelReason, paidAt, checkout, deadlineAt, shippedAt },
    status: stages.at(-1)?.status ?? 'PENDING',
    deliveredAt: at('DELIVERED'),
    refundedMinor: refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    parcel: shippedAt && {
      ...{ id: idOf('parcel', placed), carrier: 'DHL' },
      trackingNumber: `JJD${String(4_000_000_000 + placed.place)}`,
    },
  }
}

const intentStates = { CAPTURED: 'succeeded', AUTHORIZED: 'requires_capture' } as const

/** Told to the provider too, whose ids it carries. */
export function paymentPart(told: Told, provider: PastWriter): PastPayment | null {
  const { placed, ordered, story, reportedAt } = told
  const { id: orderId, owner, totalMinor: amountMinor, currency, placedAt } = ordered
  const { money } = story
  if (!money) return null
  const [id, attemptId] = [idOf('payment', placed), idOf('attempt', placed)]
  const refunds = money.refunds.map((back, at) => ({ ...back, id: idOf('refund', placed, at) }))
  const status = intentStates[money.attempt as keyof typeof intentStates] ?? 'canceled'
  const intent: PastIntent = {
    ...{ orderId, paymentId: id, attemptId, amountMinor, currency, at: placedAt, status },
    ...{
      ...placed.card,
      refunds: refunds.map((each) => ({ id: each.id, amountMinor: each.amountMinor })),
    },
  }
  const { intentId, refundIds } = provider.add(intent)
  const moves = money.moves.map(([to, at], index) => {
    const [from = null] = money.moves[index - 1] ?? []
    // Ids count up as moves do.
    return { id: idOf('payment move', { ...placed, placedAt: at }, index), from, to, at }
  })
  return {
    ...{ id, orderId, owner, state: money.state, amountMinor, currency, moves },
    capturedMinor: money.capturedAt ? amountMinor : 0,
    refundedMinor: refunds.reduce((sum, each) => sum + each.amountMinor, 0),
    ...{ failureCode: money.failureCode, undoneAt: money.undoneAt, capturedAt: money.capturedAt },
    createdAt: moves[0]?.at ?? placedAt,
    attempt: {
      ...{ id: attemptId, state: money.attempt, method: ordered.paymentMethodId, intentId },
      ...{ requiresThreeDSecure: story.checkout.needs3ds, ...placed.card },
    },
    refunds: refunds.map((each, at) => ({ ...each, providerId: refundIds[at] ?? '' })),
    dispute: reportedAt && {
      ...{ id: `dp_${intentId.slice(3)}`, reason: 'fraudulent', at: reportedAt },
    },
  }
}

/** Sent from the warehouse that is nearest. */
export function salePart(
  { placed, ordered, story }: Told,
  warehouseOf: (country: string) => string,
): PastSale {
  const { id: orderId, owner, placedAt, country, items } = ordered
  const { stock: state, soldAt, undoneAt } = story
  const warehouseId = warehouseOf(country)
  return {
    ...{ id: idOf('hold', placed), owner, orderId, state, heldAt: placedAt, soldAt },
    settledAt: undoneAt ?? soldAt ?? placedAt,
    lines: items.map(({ variantId, quantity }) => ({ variantId, quantity, warehouseId })),
  }
}

export const pricePart = ({ placed, ordered, story }: Told): PastPrice => ({
  ...{ orderId: ordered.id, owner: ordered.owner, at: ordered.placedAt },
  releasedAt: story.undoneAt,
  voucherId: placed.order.voucher?.id ?? null,
})

interface Judging {
  readonly made: NewAssessment
  /** Whoever in the shop decided. */
  readonly staffId: string
  /** What is older is forgotten. */
  readonly since: Date
}

export function assessmentPart(told: Told, { made, staffId, since }: Judging): PastAssessment {
  const { placed, story, reportedAt } = told
  const { review } = story
  const { orderId, facts } = made
  const failedAt = story.money?.state === 'FAILED' ? story.undoneAt : null
  const sighted = [
    { at: made.computedAt, what: 'ORDER' as const, toldBy: made.id },
    ...(failedAt ? [{ at: failedAt, what: 'FAILURE' as const, toldBy: made.id }] : []),
    ...(reportedAt ? [{ at: reportedAt, what: 'FRAUD' as const, toldBy: made.id }] : []),
  ]
  return {
    ...{ made, confirmedAt: reportedAt },
    review: review && {
      ...{ ...review, id: idOf('review', placed) },
      decidedBy: review.decidedAt && staffId,
    },
    seen: sighted.filter(({ at }) => at > since).map((each) => ({ ...each, orderId, facts })),
  }
}
