import { BadRows } from '@shop/kit/learn/refusals'
import { meanOf, quantileOf } from './methods.ts'

/** One line of a purchase order that is closed. */
export interface Delivery {
  readonly supplier: string
  readonly promisedDays: number
  readonly tookDays: number
  readonly ordered: number
  readonly received: number
}

export interface SupplierPerformance {
  readonly supplier: string
  readonly deliveries: number
  readonly leadDaysMean: number
  readonly leadDaysP90: number
  /** Units received by units ordered, at most 1. */
  readonly fillRate: number
  /** Deliveries in time and in full, drawn to the mean of all suppliers where there are few. */
  readonly onTimeInFull: number
  /** The same before it was drawn, and its 90 % interval (Wilson, 1927). */
  readonly seen: number
  readonly interval: readonly [low: number, high: number]
}

/**
 * How each supplier kept its word, the best first. A supplier with two good deliveries is not put
 * above one with ninety-eight of a hundred: shares are shrunk by a Beta prior of ten deliveries
 * around the mean of all (empirical Bayes; Efron and Morris, 1975). Throws BAD_ROWS on what is no
 * number or below zero.
 */
export function supplierPerformance(deliveries: readonly Delivery[]): SupplierPerformance[] {
  if (!deliveries.every(sound)) throw new BadRows('Days and units are numbers from zero.')
  if (deliveries.length === 0) return []
  const kept = ({ tookDays, promisedDays, received, ordered }: Delivery) =>
    tookDays <= promisedDays && received >= ordered ? 1 : 0
  const usual = meanOf(deliveries.map(kept))
  const groups = Map.groupBy(deliveries, ({ supplier }) => supplier)
  return [...groups]
    .map(([supplier, own]): SupplierPerformance => {
      const good = own.filter((delivery) => kept(delivery) === 1).length
      const days = own.map(({ tookDays }) => tookDays)
      return {
        supplier,
        deliveries: own.length,
        leadDaysMean: meanOf(days),
        leadDaysP90: quantileOf(days, 0.9),
        fillRate: fillRate(own),
        onTimeInFull: (good + 10 * usual) / (own.length + 10),
        seen: good / own.length,
        interval: wilson(good, own.length),
      }
    })
    .sort((a, b) => b.onTimeInFull - a.onTimeInFull || a.supplier.localeCompare(b.supplier))
}

const sound = ({ promisedDays, tookDays, ordered, received }: Delivery) =>
  [promisedDays, tookDays, ordered, received].every((value) => Number.isFinite(value) && value >= 0)

function fillRate(deliveries: readonly Delivery[]): number {
  const ordered = deliveries.reduce((sum, delivery) => sum + delivery.ordered, 0)
  const received = deliveries.reduce(
    (sum, delivery) => sum + Math.min(delivery.received, delivery.ordered),
    0,
  )
  return ordered === 0 ? 1 : received / ordered
}

function wilson(good: number, of: number): [number, number] {
  const z = 1.645
  const share = good / of
  const middle = share + (z * z) / (2 * of)
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const width = 1 + (z * z) / of
  return [Math.max(0, (middle - reach) / width), Math.min(1, (middle + reach) / width)]
}
