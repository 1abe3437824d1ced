import { medianForecast } from './methods.ts'

/** What each method said at the origins of one series, and what came. */
export interface Trial {
  readonly said: ReadonlyMap<string, readonly number[]>
  readonly truths: readonly number[]
}

export interface Chosen {
  /** The methods whose median is the forecast, the best at the origins first. */
  readonly members: readonly string[]
  /** The share of volume in error at the origins, by method alone and of the median. */
  readonly alone: ReadonlyMap<string, number>
  readonly together: number
}

/**
 * Which methods to take the median of: the best one, three, five and so on at rolling origins
 * (Tashman, 2000) are tried there, and what was nearest to the truth is kept. The choice is one for
 * all series: made for each series apart it follows the noise of the few origins that one has.
 */
export function chosenEnsemble(trials: readonly Trial[]): Chosen {
  const names = [...(trials[0]?.said.keys() ?? [])]
  const of = (members: readonly string[]) =>
    shareInError(trials.map((trial) => ({ ahead: combined(trial.said, members), ...trial })))
  const alone = new Map(names.map((name) => [name, of([name])]))
  const ranked = names.toSorted((a, b) => (alone.get(a) ?? 0) - (alone.get(b) ?? 0))
  const sizes = [1, 3, 4, 5, 7, 9].filter((size) => size <= names.length)
  const tried = sizes.map((size) => {
    const members = ranked.slice(0, size)
    return { members, together: of(members) }
  })
  const [first, ...others] = tried
  if (!first) return { members: names, alone, together: Number.NaN }
  const best = others.reduce((low, next) => (next.together < low.together ? next : low), first)
  return { ...best, alone }
}

/** The median of what these members say. */
export function combined(
  said: ReadonlyMap<string, readonly number[]>,
  members: readonly string[],
): number[] {
  return medianForecast(members.flatMap((name) => [said.get(name) ?? []]))
}

interface Said {
  readonly ahead: readonly number[]
  readonly truths: readonly number[]
}

/** The sum of absolute errors by the sum of what came, over all series. */
export function shareInError(series: readonly Said[]): number {
  let [errors, volume] = [0, 0]
  for (const { ahead, truths } of series) {
    truths.forEach((truth, step) => {
      errors += Math.abs(truth - (ahead[step] ?? 0))
      volume += Math.abs(truth)
    })
  }
  return errors / volume
}
