import type { Purchase } from './purchases.ts'

/** Customers whose first purchase was in one month, and how many bought in each month since. */
export interface Cohort {
  /** `2026-03`, in UTC. */
  readonly month: string
  readonly customers: number
  /** From the first month on, up to the month that it is counted in: 1, then less. */
  readonly retained: readonly number[]
}

/** Oldest first; months without new customers are left out. */
export function cohorts(purchases: readonly Purchase[], nowMs: number): Cohort[] {
  const past = purchases.filter(({ atMs }) => atMs <= nowMs)
  const months = [...Map.groupBy(past, ({ customer }) => customer).values()].map(
    (theirs) => new Set(theirs.map(({ atMs }) => monthOf(atMs))),
  )
  const byFirst = Map.groupBy(months, (theirs) => Math.min(...theirs))
  const last = monthOf(nowMs)
  return [...byFirst]
    .sort(([a], [b]) => a - b)
    .map(([first, customers]) => ({
      month: new Date(Date.UTC(Math.floor(first / 12), first % 12)).toISOString().slice(0, 7),
      customers: customers.length,
      retained: Array.from(
        { length: last - first + 1 },
        (_, since) =>
          customers.filter((theirs) => theirs.has(first + since)).length / customers.length,
      ),
    }))
}

/** Months since the year 0, so that they can be subtracted. */
function monthOf(atMs: number): number {
  const date = new Date(atMs)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
