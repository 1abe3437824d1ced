import type { Chance } from '../chance.ts'
import { dayMs, type Options } from '../shop.ts'
import type { Basket } from './baskets.ts'
import type { Order, OrderLine, Return } from './order.ts'

interface Started {
  readonly options: Options
  readonly basket: Basket
  readonly lines: readonly OrderLine[]
  readonly totalMinor: number
  readonly shippingMethod: Order['shippingMethod']
  readonly isFraud: boolean
}

type Fate = Pick<
  Order,
  'status' | 'cancelledAt' | 'shippedAt' | 'deliveredAt' | 'returns' | 'refundedMinor'
>

const cancelledShare = 0.015

/** What became of an order by the end of it all: nothing in it is later than that. */
export function walk(started: Started, chance: Chance): Fate {
  const { options, basket, totalMinor, shippingMethod } = started
  const end = options.end.getTime()
  const still = {
    cancelledAt: null,
    shippedAt: null,
    deliveredAt: null,
    returns: [],
    refundedMinor: 0,
  }
  const hours = (low: number, high: number) => chance.between(low, high) * 3_600_000
  const cancelled = basket.ms + hours(1, 9)
  if (chance.happens(cancelledShare) && cancelled < end) {
    const cancelledAt = new Date(cancelled)
    return { ...still, status: 'CANCELLED', cancelledAt, refundedMinor: totalMinor }
  }
  const shipped = basket.ms + hours(10, 46)
  const delivered = shipped + (shippingMethod === 'express' ? hours(14, 26) : hours(26, 110))
  if (shipped >= end) {
    return { ...still, status: end - basket.ms > 12 * 3_600_000 ? 'PROCESSING' : 'CONFIRMED' }
  }
  const shippedAt = new Date(shipped)
  if (delivered >= end) return { ...still, status: 'SHIPPED', shippedAt }
  const returns = returnsOf(started, delivered, chance)
  const refundedMinor = returns.reduce((sum, { refundMinor }) => sum + refundMinor, 0)
  const goods = started.lines.reduce((sum, line) => sum + line.totalMinor, 0)
  const refunded = refundedMinor >= goods ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
  const status = refundedMinor > 0 ? refunded : 'DELIVERED'
  return {
    status,
    cancelledAt: null,
    shippedAt,
    deliveredAt: new Date(delivered),
    returns,
    refundedMinor,
  }
}

const reasons = [
  'Does not fit',
  'Not as described',
  'Changed my mind',
  'Arrived damaged',
  'Too late',
]

/** A line comes back whole, and is paid back when it has come. Who defrauded sends nothing back. */
function returnsOf(
  { options, basket, lines, isFraud }: Started,
  ms: number,
  chance: Chance,
): Return[] {
  const end = options.end.getTime()
  return lines.flatMap((line, index) => {
    const department = basket.lines[index]?.offer.article.place.department
    const comesBack = chance.happens(department?.returnRate ?? 0)
    const openedAt = ms + chance.between(dayMs, 14 * dayMs)
    const receivedAt = openedAt + chance.between(2 * dayMs, 7 * dayMs)
    const reason = chance.pick(reasons)
    if (!comesBack || isFraud || openedAt >= end) return []
    const isBack = receivedAt < end
    return {
      lineId: line.id,
      quantity: line.quantity,
      reason,
      openedAt: new Date(openedAt),
      receivedAt: isBack ? new Date(receivedAt) : null,
      refundMinor: isBack ? line.totalMinor : 0,
    }
  })
}
