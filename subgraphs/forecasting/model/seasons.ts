/**
 * Classical decomposition (Makridakis, Wheelwright and Hyndman, 1998, §3): a factor for each place
 * in the season, multiplied where every value is positive and added else.
 */
export interface Seasons {
  readonly kind: 'none' | 'added' | 'multiplied'
  /** One factor for each place in the season, counted from the first value. */
  readonly factors: readonly number[]
}

export const noSeasons: Seasons = { kind: 'none', factors: [0] }

/**
 * The seasons of these values, or none where the autocorrelation at one season is not beyond the
 * 90 % limit (the test of Assimakopoulos and Nikolopoulos, 2000) or two seasons are not there.
 */
export function seasonsOf(values: readonly number[], period: number): Seasons {
  if (period < 2 || values.length < 2 * period + 1) return noSeasons
  if (!isSeasonal(values, period)) return noSeasons
  return drawnIn(decomposed(values, period), values)
}

/**
 * Factors drawn to no season by as much as they are noise (the James and Stein form of Miller and
 * Williams, 2003): a factor is a mean of few seasons, and the farthest out are so partly by chance.
 */
function drawnIn(seasons: Seasons, values: readonly number[]): Seasons {
  const { kind, factors } = seasons
  const period = factors.length
  if (kind === 'none' || period < 4) return seasons
  const centre = kind === 'multiplied' ? 1 : 0
  const spread = factors.reduce((sum, factor) => sum + (factor - centre) ** 2, 0) / (period - 1)
  const noise = roughness(deseasoned(values, seasons), kind) / (values.length / period)
  const share = Math.min(1, (((period - 3) / (period - 1)) * noise) / spread)
  return { kind, factors: factors.map((factor) => centre + (factor - centre) * (1 - share)) }
}

/** The variance of a value beside the middle of its neighbours, by itself. */
function roughness(values: readonly number[], kind: Seasons['kind']): number {
  let sum = 0
  for (let at = 1; at + 1 < values.length; at += 1) {
    const middle = ((values[at - 1] ?? 0) + (values[at + 1] ?? 0)) / 2
    const gap = (values[at] ?? 0) - middle
    // A value and half of each neighbour vary one and a half times as much as a value.
    sum += (kind === 'multiplied' ? gap / middle : gap) ** 2 / 1.5
  }
  return sum / Math.max(1, values.length - 2)
}

/** The factors without asking whether they are there; at least two seasons are needed. */
export function decomposed(values: readonly number[], period: number): Seasons {
  const multiplied = values.every((value) => value > 0)
  const trend = centred(values, period)
  const places: number[][] = Array.from({ length: period }, () => [])
  values.forEach((value, at) => {
    const level = trend[at]
    if (level === undefined) return
    places[at % period]?.push(multiplied ? value / level : value - level)
  })
  const means = places.map(mean)
  const centre = mean(means)
  const factors = means.map((value) => (multiplied ? value / centre : value - centre))
  if (!factors.every((factor) => Number.isFinite(factor) && (!multiplied || factor > 1e-6)))
    return noSeasons
  return { kind: multiplied ? 'multiplied' : 'added', factors }
}

/** Values without their season; the first of them stands at `from` in the season. */
export function deseasoned(values: readonly number[], seasons: Seasons): number[] {
  return applied(values, seasons, { from: 0, undo: true })
}

/** A forecast with its season again, the first step standing at `from` since the first value. */
export function reseasoned(values: readonly number[], seasons: Seasons, from: number): number[] {
  return applied(values, seasons, { from, undo: false })
}

function applied(
  values: readonly number[],
  { kind, factors }: Seasons,
  { from, undo }: { from: number; undo: boolean },
): number[] {
  if (kind === 'none') return [...values]
  return values.map((value, at) => {
    const factor = factors[(from + at) % factors.length] ?? 0
    if (kind === 'multiplied') return undo ? value / factor : value * factor
    return undo ? value - factor : value + factor
  })
}

function isSeasonal(values: readonly number[], period: number): boolean {
  const centre = mean(values)
  const away = values.map((value) => value - centre)
  const variance = away.reduce((sum, value) => sum + value * value, 0)
  if (variance === 0) return false
  const at = (lag: number) => {
    let sum = 0
    for (let i = lag; i < away.length; i += 1) sum += (away[i] ?? 0) * (away[i - lag] ?? 0)
    return sum / variance
  }
  let squares = 0
  for (let lag = 1; lag < period; lag += 1) squares += at(lag) ** 2
  return Math.abs(at(period)) > 1.645 * Math.sqrt((1 + 2 * squares) / values.length)
}

/** A moving average over one season, centred; undefined where it does not reach. */
function centred(values: readonly number[], period: number): (number | undefined)[] {
  const half = Math.floor(period / 2)
  const edge = period % 2 === 0 ? 0.5 : 1
  return values.map((_, at) => {
    if (at < half || at + half >= values.length) return undefined
    let sum = edge * ((values[at - half] ?? 0) + (values[at + half] ?? 0))
    for (let i = at - half + 1; i < at + half; i += 1) sum += values[i] ?? 0
    return sum / period
  })
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
