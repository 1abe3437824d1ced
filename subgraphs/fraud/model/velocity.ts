/** Windows, in days: what card schemes and the Fraud Detection Handbook (Le Borgne et al.) use. */
export const windowDays = [1, 7, 30] as const

/** What is known of one key at a time, of what came before it. */
export interface Pace {
  /** How many, and the sum of their amounts, within each window. */
  readonly counts: readonly number[]
  readonly sums: readonly number[]
  /** All there ever were. */
  readonly total: number
  readonly totalSum: number
  /** Days since the last and since the first; NaN where there was none. */
  readonly sinceLast: number
  readonly sinceFirst: number
}

interface Trace {
  readonly times: number[]
  readonly amounts: number[]
  /** The first entry that is within each window, and the sum from there. */
  readonly heads: number[]
  readonly sums: number[]
  total: number
  totalSum: number
  first: number
  last: number
}

const none: Pace = {
  counts: windowDays.map(() => 0),
  sums: windowDays.map(() => 0),
  total: 0,
  totalSum: 0,
  sinceLast: Number.NaN,
  sinceFirst: Number.NaN,
}

/** Longer keys are no address, card or device: nothing is remembered of them. */
const longestKey = 320

/**
 * How often things of a key come, in sliding windows of time (days), each in constant time. Time
 * never goes back: what is told late counts from the latest time of its key.
 */
export class Velocity {
  readonly #traces = new Map<string, Trace>()

  saw(key: string, at: number, amount = 0): void {
    if (key === '' || key.length > longestKey) return
    const trace = this.#traces.get(key) ?? fresh(at)
    this.#traces.set(key, trace)
    const time = Math.max(at, trace.last)
    trace.times.push(time)
    trace.amounts.push(amount)
    for (let i = 0; i < windowDays.length; i += 1) {
      trace.sums[i] = (trace.sums[i] as number) + amount
    }
    trace.total += 1
    trace.totalSum += amount
    trace.last = time
  }

  /** An entry just as old as a window is long is no longer in it. */
  about(key: string, at: number): Pace {
    const trace = this.#traces.get(key)
    if (!trace) return none
    const time = Math.max(at, trace.last)
    for (const [window, days] of windowDays.entries()) advance(trace, window, time - days)
    const length = trace.times.length
    const pace = {
      counts: trace.heads.map((head) => length - head),
      sums: [...trace.sums],
      total: trace.total,
      totalSum: trace.totalSum,
      sinceLast: time - trace.last,
      sinceFirst: time - trace.first,
    }
    forget(trace)
    return pace
  }
}

const fresh = (at: number): Trace => ({
  times: [],
  amounts: [],
  heads: windowDays.map(() => 0),
  sums: windowDays.map(() => 0),
  total: 0,
  totalSum: 0,
  first: at,
  last: at,
})

function advance({ times, amounts, heads, sums }: Trace, window: number, until: number): void {
  let head = heads[window] as number
  let sum = sums[window] as number
  while (head < times.length && (times[head] as number) <= until) {
    sum -= amounts[head] as number
    head += 1
  }
  heads[window] = head
  // An empty window has exactly nothing in it, whatever rounding left.
  sums[window] = head === times.length ? 0 : sum
}

/** Lets go of what has left the longest window, when that is most of it. */
function forget({ times, amounts, heads }: Trace): void {
  const gone = Math.min(...heads)
  if (gone < 32 || gone * 2 < times.length) return
  times.splice(0, gone)
  amounts.splice(0, gone)
  for (let i = 0; i < heads.length; i += 1) heads[i] = (heads[i] as number) - gone
}
