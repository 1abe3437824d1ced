import { medianForecast } from './methods.ts'

/** What each method said at the origins of one series, and what came. */
export interface Trial {
  readonly said: ReadonlyMap<string, readonly number[]>
  readonly truths: readonly number[]
}

export interface Chosen {
  /** The methods whose median is the forecast, as they were taken in. */
  readonly members: readonly string[]
  /** The share of volume in error at the origins, by method alone and of the median. */
  readonly alone: ReadonlyMap<string, number>
  readonly together: number
}

/** What a member has to lower the error by, to be worth its time and the noise in its choice. */
const earned = 0.005

/**
 * Which methods to take the median of, by forward selection (Caruana, Niculescu-Mizil, Crew and
 * Ksikes, 2004) at rolling origins (Tashman, 2000): beginning with the best, the method is added
 * that brings the median nearest to the truth there, as long as it earns its place. The first three
 * come together, as the median of two is no vote. The choice is one for all series: made for each
 * apart it follows the noise of the few origins that one has.
 */
export function chosenEnsemble(trials: readonly Trial[]): Chosen {
  const names = [...(trials[0]?.said.keys() ?? [])]
  const of = (members: readonly string[]) =>
    shareInError(trials.map((trial) => ({ ...trial, ahead: combined(trial.said, members) })))
  const alone = new Map(names.map((name) => [name, of([name])]))
  const grown = (from: readonly string[]) =>
    names
      .filter((name) => !from.includes(name))
      .map((name) => ({ members: [...from, name], together: of([...from, name]) }))
      .reduce((low, each) => (each.together < low.together ? each : low))

  if (names.length === 0) return { members: [], together: Number.NaN, alone }
  let best = grown([])
  let next = names.length < 3 ? best : grown(grown(best.members).members)
  while (next.together < best.together * (1 - earned)) {
    best = next
    if (best.members.length === names.length) break
    next = grown(best.members)
  }
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
