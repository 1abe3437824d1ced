import type { Placed } from './placed.ts'
import {
  after,
  authorized,
  begun,
  hour,
  type Money,
  nothing,
  type Story,
  stage,
  walked,
} from './story.ts'

/** Staff have two days, as orders gives them. */
const reviewHours = 48

/** By risk, in the words of any decline. */
export function refused(placed: Placed): Story {
  const at = after(placed.placedAt, 1)
  const refusal = { kind: 'PaymentDeclined', code: 'card_declined' } as const
  return {
    ...nothing,
    ...{ stages: [begun(placed), stage('CANCELLED', at)], cancelReason: 'DECLINED' },
    checkout: { ...walked, state: 'UNDONE', step: 'risk', reason: 'DECLINED', refusal },
    ...{ stock: 'RELEASED', undoneAt: at },
  }
}

const codes = ['insufficient_funds', 'generic_decline', 'generic_decline', 'expired_card']

export function declined(placed: Placed): Story {
  const { placedAt, place } = placed
  const at = after(placedAt, 2)
  const code = codes[place % codes.length] ?? 'generic_decline'
  return {
    ...nothing,
    ...{ stages: [begun(placed), stage('CANCELLED', at)], cancelReason: 'DECLINED' },
    checkout: {
      ...{ ...walked, state: 'UNDONE', step: 'authorize', reason: 'DECLINED' },
      refusal: { kind: 'PaymentDeclined', code },
    },
    money: {
      ...unpaid(placedAt, 'FAILED', at),
      ...{ failureCode: code, undoneAt: null },
    },
    ...{ stock: 'RELEASED', undoneAt: at },
  }
}

function unpaid(placedAt: Date, state: 'FAILED' | 'VOIDED', at: Date): Money {
  const moves = [['PENDING', after(placedAt, 1)] as const, [state, at] as const]
  return {
    ...{ state, attempt: state, moves, capturedAt: null, undoneAt: at, failureCode: null },
    refunds: [],
  }
}

/** The bank asked, and nobody answered until the stock was wanted back. */
export function abandoned(placed: Placed): Story {
  const { placedAt } = placed
  const at = after(placedAt, 28 * 60)
  const asked = after(placedAt, 2)
  const { moves, ...money } = unpaid(placedAt, 'VOIDED', at)
  const [first, last] = moves as [Money['moves'][number], Money['moves'][number]]
  return {
    ...nothing,
    stages: [begun(placed), stage('AWAITING_PAYMENT', asked), stage('CANCELLED', at)],
    cancelReason: 'EXPIRED',
    checkout: { ...walked, state: 'UNDONE', step: 'authorize', reason: 'EXPIRED' },
    money: { ...money, moves: [first, ['REQUIRES_ACTION', asked], last] },
    ...{ stock: 'RELEASED', undoneAt: at },
  }
}

export function waiting(placed: Placed, openedAt: Date): Story {
  return {
    ...nothing,
    ...{ stages: [begun(placed), stage('ON_HOLD', openedAt)], cancelReason: null },
    checkout: { ...walked, state: 'RESTING', step: 'capture', review: 'PENDING' },
    deadlineAt: after(openedAt, reviewHours * hour),
    money: {
      ...unpaid(placed.placedAt, 'VOIDED', openedAt),
      ...{ state: 'AUTHORIZED', attempt: 'AUTHORIZED', undoneAt: null },
      moves: authorized(placed.placedAt),
    },
    ...{ stock: 'COMMITTED', soldAt: openedAt, undoneAt: null },
    review: { state: 'OPEN', openedAt, decidedAt: null },
  }
}

interface Decided {
  readonly openedAt: Date
  readonly decidedAt: Date
}

export function rejected(placed: Placed, { openedAt, decidedAt }: Decided): Story {
  const open = waiting(placed, openedAt)
  return {
    ...open,
    ...{ stages: [...open.stages, stage('CANCELLED', decidedAt)], cancelReason: 'REJECTED' },
    checkout: { ...open.checkout, state: 'UNDONE', reason: 'REJECTED', review: 'REJECTED' },
    deadlineAt: null,
    money: {
      ...unpaid(placed.placedAt, 'VOIDED', decidedAt),
      moves: [...authorized(placed.placedAt), ['VOIDED', decidedAt]],
    },
    ...{ stock: 'RETURNED', undoneAt: decidedAt },
    review: { state: 'REJECTED', openedAt, decidedAt },
  }
}
