import type { Random } from './random.ts'

/** Rows to learn from and rows to score, by their numbers. */
export interface Fold {
  readonly train: readonly number[]
  readonly score: readonly number[]
}

/** Each row is scored in one of so many folds, drawn anew with the random source. */
export function folds(rows: number, count: number, random: Random): Fold[] {
  const order = random.shuffled(Array.from({ length: rows }, (_, row) => row))
  return foldsBy(
    order.map((_, row) => (order[row] as number) % count),
    count,
  )
}

/** Folds with each class's share the same in all; `targets` are the classes. */
export function stratifiedFolds(targets: ArrayLike<number>, count: number, random: Random): Fold[] {
  const seen = new Map<number, number>()
  const fold = new Int32Array(targets.length)
  for (const row of random.shuffled(Array.from(targets, (_, each) => each))) {
    const target = targets[row] as number
    const before = seen.get(target) ?? 0
    seen.set(target, before + 1)
    fold[row] = before % count
  }
  return foldsBy(Array.from(fold), count)
}

/** Folds that keep rows of one group (a shopper, a query) together. */
export function groupedFolds(groups: readonly (string | number)[], count: number, random: Random) {
  const names = random.shuffled([...new Set(groups)])
  const foldOf = new Map(names.map((name, i) => [name, i % count]))
  return foldsBy(
    groups.map((name) => foldOf.get(name) as number),
    count,
  )
}

function foldsBy(foldOf: readonly number[], count: number): Fold[] {
  const rows = foldOf.map((_, row) => row)
  return Array.from({ length: count }, (_, fold) => ({
    train: rows.filter((row) => foldOf[row] !== fold),
    score: rows.filter((row) => foldOf[row] === fold),
  }))
}

/** The first rows by time, and the share that comes last; equal times are not parted. */
export function splitByTime(times: ArrayLike<number>, share: number): Fold {
  const sorted = Float64Array.from(times).sort()
  const cut = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * (1 - share)))]
  const rows = Array.from(times, (_, row) => row)
  return {
    train: rows.filter((row) => (times[row] as number) < (cut as number)),
    score: rows.filter((row) => (times[row] as number) >= (cut as number)),
  }
}

export interface Origin {
  /** Times before it are known. */
  readonly at: number
  /** The times that are to be told, `at` the first of them. */
  readonly horizon: readonly number[]
}

export interface Rolling {
  readonly length: number
  readonly horizon: number
  /** How many origins there are at most, the last of which tells the last times. */
  readonly origins: number
  readonly step?: number
  /** How many times have to be known at the first origin. */
  readonly least?: number
}

/** Origins that a forecast is judged at, the earliest first (Tashman, 2000). */
export function rollingOrigins({ length, horizon, origins, step = horizon, least = 1 }: Rolling) {
  const last = length - horizon
  return Array.from({ length: origins }, (_, i) => last - (origins - 1 - i) * step)
    .filter((at) => at >= least)
    .map((at): Origin => ({ at, horizon: Array.from({ length: horizon }, (_, i) => at + i) }))
}
