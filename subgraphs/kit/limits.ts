import type { Clock } from './clock.ts'

/** So many of a thing in any window of this length. */
export interface Rule {
  /** Who or what is counted: `account:<id>`, `address:<ip>`. */
  readonly key: string
  readonly most: number
  readonly perMs: number
  /** Where this rule is hit by another number than the others. */
  readonly cost?: number
}

/** Fills up to its capacity at an even pace; a cost is taken out at once or not at all. */
export interface Budget {
  readonly key: string
  readonly capacity: number
  readonly perSecond: number
}

export interface Verdict {
  readonly isAllowed: boolean
  /** When to ask again, 0 when allowed; infinite for a cost that no waiting makes payable. */
  readonly retryAfterMs: number
  /** The shared store did not answer: this process's own counts have decided. */
  readonly isLocal: boolean
}

export interface Counted extends Verdict {
  /** What each rule has counted in its window by now, in the order of the rules. */
  readonly used: readonly number[]
}

export interface Spent extends Verdict {
  readonly left: number
}

export interface Limits {
  /**
   * Counts `cost` (a whole number, 1 if left out) against every rule, or against none when one of them
   * would be broken; 0 only reads. Never more than `most` in any window; what was counted is forgiven
   * up to a tenth of the window late. A scope's counts lie on one shard: name it after the door, `sign-in`.
   */
  hit(scope: string, rules: readonly Rule[], cost?: number): Promise<Counted>
  spend(scope: string, budget: Budget, cost: number): Promise<Spent>
}

/** Counts by tenths of the window: a number of a tenth, and how many fell into it. */
export type Tenths = readonly (readonly [tenth: number, count: number])[]

export const tenthOf = ({ perMs }: Rule): number => Math.ceil(perMs / 10)

interface Reckoning {
  readonly rules: readonly Rule[]
  readonly counts: readonly Tenths[]
  readonly cost: number
  readonly now: number
}

/** What follows from the counts as they stood before this hit; only tenths still in the window. */
export function verdictOf({ rules, counts, cost, now }: Reckoning): Omit<Counted, 'isLocal'> {
  const sums = counts.map((tenths) => tenths.reduce((sum, [, count]) => sum + count, 0))
  const waits = rules.map((rule, at) => {
    const tooMany = (sums[at] ?? 0) + (rule.cost ?? cost) - rule.most
    return tooMany > 0 ? waitFor(tooMany, rule, counts[at] ?? []) - now : 0
  })
  const isAllowed = waits.every((wait) => wait === 0)
  const used = sums.map((sum, at) => sum + (isAllowed ? (rules[at]?.cost ?? cost) : 0))
  return { isAllowed, retryAfterMs: Math.max(0, ...waits), used }
}

/** When so many will have left the window. */
function waitFor(tooMany: number, rule: Rule, tenths: Tenths): number {
  let leaving = 0
  for (const [tenth, count] of tenths.toSorted(([a], [b]) => a - b)) {
    leaving += count
    if (leaving >= tooMany) return (tenth + 1) * tenthOf(rule) + rule.perMs
  }
  return Number.POSITIVE_INFINITY
}

/** What a budget answers, from what is left after the spending or the refusal. */
export function spentOf(isAllowed: boolean, left: number, [budget, cost]: [Budget, number]) {
  const missing = cost > budget.capacity ? Number.POSITIVE_INFINITY : cost - left
  const retryAfterMs = isAllowed ? 0 : Math.ceil((missing / budget.perSecond) * 1000)
  return { isAllowed, retryAfterMs, left }
}

/** Of this process alone. Beyond `mostKeys` it forgets what was not asked for longest. */
export function localLimits(clock: Clock, mostKeys = 50_000): Limits {
  const windows = new Recent<Map<number, number>>(mostKeys)
  const budgets = new Recent<{ tokens: number; at: number }>(mostKeys)

  return {
    async hit(scope, rules, cost = 1) {
      const now = clock.now().getTime()
      const kept = rules.map((rule) => windows.touch(`${scope} ${rule.key}`, () => new Map()))
      rules.forEach((rule, at) => {
        forget(kept[at], rule, now)
      })
      const counts = kept.map((tenths) => [...tenths])
      const verdict = verdictOf({ rules, counts, cost, now })
      if (verdict.isAllowed) {
        rules.forEach((rule, at) => {
          add(kept[at], { tenth: Math.floor(now / tenthOf(rule)), count: rule.cost ?? cost })
        })
      }
      return { ...verdict, isLocal: true }
    },
    async spend(scope, budget, cost) {
      const now = clock.now().getTime()
      const full = () => ({ tokens: budget.capacity, at: now })
      const held = budgets.touch(`${scope} ${budget.key}`, full)
      const refill = (Math.max(0, now - held.at) * budget.perSecond) / 1000
      held.tokens = Math.min(budget.capacity, held.tokens + refill)
      held.at = Math.max(held.at, now)
      const isAllowed = held.tokens >= cost
      if (isAllowed) held.tokens -= cost
      return { ...spentOf(isAllowed, held.tokens, [budget, cost]), isLocal: true }
    },
  }
}

function forget(tenths: Map<number, number> | undefined, rule: Rule, now: number): void {
  for (const tenth of tenths?.keys() ?? []) {
    if ((tenth + 1) * tenthOf(rule) + rule.perMs <= now) tenths?.delete(tenth)
  }
}

function add(
  tenths: Map<number, number> | undefined,
  { tenth, count }: { tenth: number; count: number },
): void {
  if (count > 0) tenths?.set(tenth, (tenths.get(tenth) ?? 0) + count)
}

/** So many values; the one that was not touched for longest goes first. */
class Recent<V> {
  readonly #values = new Map<string, V>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  touch(key: string, make: () => V): V {
    const value = this.#values.get(key) ?? make()
    this.#values.delete(key)
    this.#values.set(key, value)
    const [oldest] = this.#values.keys()
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest)
    return value
  }
}
