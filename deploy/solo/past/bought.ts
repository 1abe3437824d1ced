import type { Placed } from './placed.ts'
import {
  after,
  authorized,
  type Back,
  begun,
  hour,
  type Money,
  type Review,
  type Stage,
  type Story,
  stage,
  walked,
} from './story.ts'

interface Bought {
  readonly needs3ds: boolean
  readonly review?: Review
}

export function bought(placed: Placed, { needs3ds, review }: Bought): Story {
  const { placedAt, order } = placed
  const seconds = needs3ds ? 48 : 3
  const paidAt = review?.decidedAt ?? after(placedAt, seconds)
  const rested = needs3ds ? [stage('AWAITING_PAYMENT', after(placedAt, 2))] : []
  const held = review ? [stage('ON_HOLD', review.openedAt)] : []
  const paid = [begun(placed), ...rested, ...held, stage('CONFIRMED', paidAt)]
  const asked: Money['moves'] = needs3ds ? [['REQUIRES_ACTION', after(placedAt, 2)]] : []
  const [first, second] = authorized(placedAt) as [Money['moves'][number], Money['moves'][number]]
  const at = needs3ds ? after(paidAt, -1) : second[1]
  const told = {
    ...{ paidAt, soldAt: review?.openedAt ?? paidAt, deadlineAt: null, review: review ?? null },
    checkout: { ...walked, needs3ds, review: review ? ('RELEASED' as const) : null },
    taken: [first, ...asked, ['AUTHORIZED', at], ['CAPTURED', paidAt]] as Money['moves'],
  }
  return order.cancelledAt
    ? takenBack(order, { ...told, paid, cancelledAt: order.cancelledAt })
    : kept(order, { ...told, paid })
}

type Paid = Pick<Story, 'soldAt' | 'deadlineAt' | 'review' | 'checkout'> & {
  readonly paidAt: Date
  readonly paid: readonly Stage[]
  readonly taken: Money['moves']
}

function takenBack(
  { totalMinor }: Placed['order'],
  { paid, taken, cancelledAt: at, ...rest }: Paid & { readonly cancelledAt: Date },
): Story {
  return {
    ...rest,
    ...{ stages: [...paid, stage('CANCELLED', at, 'SHOPPER')], cancelReason: 'BY_SHOPPER' },
    checkout: { ...rest.checkout, state: 'UNDONE', reason: 'BY_SHOPPER', cancel: 'BY_SHOPPER' },
    money: {
      ...{ state: 'REFUNDED', attempt: 'CAPTURED', capturedAt: rest.paidAt, failureCode: null },
      moves: [...taken, ['REFUNDED', after(at, 2)]],
      undoneAt: at,
      refunds: [{ amountMinor: totalMinor, reason: 'undone', at: after(at, 2), lines: [] }],
    },
    ...{ stock: 'RETURNED', undoneAt: at },
  }
}

function kept(order: Placed['order'], { paid, taken, ...rest }: Paid): Story {
  const refunds = refundsOf(order)
  const back = refundStates(order, refunds)
  const states = back.filter(({ to }, at) => to !== back[at - 1]?.to)
  return {
    ...rest,
    stages: [
      ...paid,
      ...sentStages(order, rest.paidAt),
      ...back.map(({ to, at }) => stage(to, at)),
    ],
    cancelReason: null,
    money: {
      ...{ attempt: 'CAPTURED', capturedAt: rest.paidAt, undoneAt: null, failureCode: null },
      state: back.at(-1)?.to ?? 'CAPTURED',
      moves: [...taken, ...states.map(({ to, at }) => [to, at] as const)],
      refunds,
    },
    ...{ stock: 'COMMITTED', undoneAt: null },
  }
}

function sentStages({ status, placedAt, shippedAt, deliveredAt }: Placed['order'], paidAt: Date) {
  const packedAt = new Date(Math.max(+after(placedAt, 8 * hour), +after(paidAt, 600)))
  const isPacked = shippedAt !== null || status === 'PROCESSING'
  return [
    ...(isPacked ? [stage('PROCESSING', packedAt, 'STAFF')] : []),
    ...(shippedAt ? [stage('SHIPPED', shippedAt, 'STAFF')] : []),
    ...(deliveredAt ? [stage('DELIVERED', deliveredAt, 'STAFF')] : []),
  ]
}

const refundsOf = ({ returns }: Placed['order']): Back[] =>
  returns
    .flatMap(({ lineId, quantity, reason, receivedAt, refundMinor }) =>
      receivedAt
        ? {
            amountMinor: refundMinor,
            reason,
            at: receivedAt,
            lines: [{ orderItemId: lineId, quantity }],
          }
        : [],
    )
    .toSorted((a, b) => +a.at - +b.at)

/** After each, whether all of the money is back. */
function refundStates({ totalMinor }: Placed['order'], refunds: readonly Back[]) {
  let left = totalMinor
  return refunds.map(({ amountMinor, at }) => {
    left -= amountMinor
    const to = left > 0 ? ('PARTIALLY_REFUNDED' as const) : ('REFUNDED' as const)
    return { to, at }
  })
}
