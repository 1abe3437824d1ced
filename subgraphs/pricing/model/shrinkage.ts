export interface Measured {
  readonly value: number
  readonly error: number
}

export interface Shrunk extends Measured {
  /** What part of it is the group's mean and not its own: 0 to 1. */
  readonly borrowed: number
}

export interface Group {
  readonly mean: number
  /** How far the true values lie apart: a standard deviation. */
  readonly spread: number
}

/**
 * Each value drawn to the mean of its group by as much as its own error is large beside the spread
 * of the group (empirical Bayes; Efron and Morris, 1975). The spread is that of Paule and Mandel
 * (1982); the error grows by what the mean and the spread themselves are unsure of (Morris, 1983).
 */
export function shrunk(measured: readonly Measured[]): { group: Group; values: Shrunk[] } {
  const group = groupOf(measured)
  if (measured.length < 3) {
    return { group, values: measured.map((each) => ({ ...each, borrowed: 0 })) }
  }
  const weights = measured.map(({ error }) => 1 / (error ** 2 + group.spread ** 2))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const size = measured.length
  const values = measured.map(({ value, error }, at): Shrunk => {
    const share = error ** 2 / (error ** 2 + group.spread ** 2)
    const borrowed = share * ((size - 3) / (size - 1))
    const own = (1 - borrowed) * error ** 2
    const ofMean = (borrowed ** 2 * 1) / total
    const gap = value - group.mean
    const ofSpread =
      ((2 * borrowed ** 2) / (size - 1)) * gap ** 2 * ((weights[at] ?? 0) / (total / size))
    return {
      value: group.mean + (1 - borrowed) * gap,
      error: Math.sqrt(own + ofMean + ofSpread),
      borrowed,
    }
  })
  return { group, values }
}

/** The spread at which the weighted squares around the mean are as many as there are values less one. */
function groupOf(measured: readonly Measured[]): Group {
  const meanAt = (spread: number) => {
    const weights = measured.map(({ error }) => 1 / (error ** 2 + spread ** 2 + 1e-12))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const mean =
      measured.reduce((sum, { value }, at) => sum + value * (weights[at] ?? 0), 0) / total
    const squares = measured.reduce(
      (sum, { value }, at) => sum + (weights[at] ?? 0) * (value - mean) ** 2,
      0,
    )
    return { mean, squares }
  }
  let [low, high] = [0, 10]
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2
    if (meanAt(middle).squares > measured.length - 1) low = middle
    else high = middle
  }
  const spread = low < 1e-9 ? 0 : (low + high) / 2
  return { spread, mean: meanAt(spread).mean }
}
