/**
 * nDCG of one list at depth k (Järvelin and Kekäläinen, 2002): `shown` has the gain of each place,
 * best first, `all` the gains of everything that could have been shown. A gain is the relevance
 * itself, or what the caller makes of it. NaN where nothing has any gain.
 */
export function ndcgAt(
  k: number,
  shown: ArrayLike<number>,
  all: ArrayLike<number> = shown,
): number {
  const best = Float64Array.from(all).sort().reverse()
  return dcg(shown, k) / dcg(best, k)
}

function dcg(gains: ArrayLike<number>, k: number): number {
  let sum = 0
  const end = Math.min(k, gains.length)
  for (let place = 0; place < end; place += 1) {
    sum += (gains[place] as number) / Math.log2(place + 2)
  }
  return sum
}

/** Of the wanted, which share is among the first k shown. NaN where nothing is wanted. */
export function recallAt<T>(k: number, shown: readonly T[], wanted: ReadonlySet<T>): number {
  return found(shown.slice(0, k), wanted) / wanted.size
}

/** Of k places, which share shows what is wanted; an empty place does not. */
export const precisionAt = <T>(k: number, shown: readonly T[], wanted: ReadonlySet<T>): number =>
  found(shown.slice(0, k), wanted) / k

/** 1 by the place of the first that is wanted, counted from 1; 0 where none is shown. */
export function reciprocalRank<T>(shown: readonly T[], wanted: ReadonlySet<T>): number {
  const place = shown.findIndex((each) => wanted.has(each))
  return place < 0 ? 0 : 1 / (place + 1)
}

/** The mean of precision at each place that shows what is wanted, over all that is wanted. */
export function averagePrecisionOf<T>(shown: readonly T[], wanted: ReadonlySet<T>): number {
  let [hits, sum] = [0, 0]
  for (const [place, each] of shown.entries()) {
    if (!wanted.has(each)) continue
    hits += 1
    sum += hits / (place + 1)
  }
  return sum / wanted.size
}

const found = <T>(shown: readonly T[], wanted: ReadonlySet<T>) =>
  new Set(shown.filter((each) => wanted.has(each))).size
