/**
 * Demand that comes now and then, as a rate for each period. Croston (1972) smooths how much is
 * bought and how long it takes until it is bought again; Syntetos and Boylan's (2005) correction
 * takes away the bias of dividing the two.
 */
export function croston(values: readonly number[], { alpha = 0.1, corrected = true } = {}): number {
  const first = values.findIndex((value) => value > 0)
  if (first < 0) return 0
  let [size, gap, since] = [values[first] as number, first + 1, 1]
  for (const value of values.slice(first + 1)) {
    if (value > 0) {
      size += alpha * (value - size)
      gap += alpha * (since - gap)
      since = 1
    } else since += 1
  }
  return ((corrected ? 1 - alpha / 2 : 1) * size) / gap
}

/** Teunter, Syntetos and Babai (2011): the chance fades while nothing is bought. */
export function tsb(values: readonly number[], { alpha = 0.1, beta = 0.1 } = {}): number {
  const bought = values.filter((value) => value > 0)
  if (bought.length === 0) return 0
  let size = bought[0] as number
  let chance = bought.length / values.length
  for (const value of values) {
    chance += beta * ((value > 0 ? 1 : 0) - chance)
    if (value > 0) size += alpha * (value - size)
  }
  return chance * size
}
