/** Scores of rows, the higher the surer of class 1, and the class each row is of: 0 or 1. */
export interface Scored {
  readonly scores: ArrayLike<number>
  readonly truths: ArrayLike<number>
}

/** Of a row of each class, how often that of class 1 has the higher score; ties count half. */
export function rocAuc(scored: Scored): number {
  let [positives, negatives, above] = [0, 0, 0]
  for (const { hits, misses } of tied(scored)) {
    above += misses * (positives + hits / 2)
    positives += hits
    negatives += misses
  }
  return above / (positives * negatives)
}

/** The sum of precision over steps of recall, without interpolation; ties are one step. */
export function averagePrecision(scored: Scored): number {
  let [seen, found, sum] = [0, 0, 0]
  for (const { hits, misses } of tied(scored)) {
    seen += hits + misses
    found += hits
    sum += (hits * found) / seen
  }
  return sum / found
}

/** Hits and misses at each score, the highest first. */
function tied({ scores, truths }: Scored): { hits: number; misses: number }[] {
  const order = Array.from(truths, (_, i) => i)
  order.sort((a, b) => (scores[b] as number) - (scores[a] as number))
  const steps: { hits: number; misses: number }[] = []
  let last: number | undefined
  for (const row of order) {
    if (scores[row] !== last) steps.push({ hits: 0, misses: 0 })
    last = scores[row]
    const step = steps.at(-1) as { hits: number; misses: number }
    if (truths[row] === 1) step.hits += 1
    else step.misses += 1
  }
  return steps
}

/** Of chances of class 1, kept at 1e-15 from 0 and 1. */
export function logLoss({ scores, truths }: Scored): number {
  return average(truths, (row) => {
    const chance = Math.min(1 - 1e-15, Math.max(1e-15, scores[row] as number))
    return -Math.log(truths[row] === 1 ? chance : 1 - chance)
  })
}

/** The mean squared error of chances (Brier, 1950). */
export const brier = ({ scores, truths }: Scored): number =>
  average(truths, (row) => ((scores[row] as number) - (truths[row] as number)) ** 2)

/** How far chances are from shares, over bins of equal width (Naeini et al., 2015). */
export function calibrationError({ scores, truths }: Scored, bins = 10): number {
  const gaps = new Float64Array(bins)
  for (let row = 0; row < truths.length; row += 1) {
    const bin = Math.min(bins - 1, Math.floor((scores[row] as number) * bins))
    gaps[bin] = (gaps[bin] as number) + (scores[row] as number) - (truths[row] as number)
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / truths.length
}

/** What was said of rows and what is so, as numbers or names of classes. */
export interface Named {
  readonly said: ArrayLike<number | string>
  readonly truths: ArrayLike<number | string>
}

export const accuracy = ({ said, truths }: Named): number =>
  average(truths, (row) => Number(said[row] === truths[row]))

/** The mean over classes, said or true, of each one's F1; 0 for one never rightly said. */
export function macroF1({ said, truths }: Named): number {
  const counts = new Map<number | string, { said: number; true: number; right: number }>()
  const of = (name: number | string) => {
    const count = counts.get(name) ?? { said: 0, true: 0, right: 0 }
    counts.set(name, count)
    return count
  }
  for (let row = 0; row < truths.length; row += 1) {
    const [one, other] = [said[row] as number | string, truths[row] as number | string]
    of(one).said += 1
    of(other).true += 1
    if (one === other) of(one).right += 1
  }
  const scores = [...counts.values()].map((each) => (2 * each.right) / (each.said + each.true))
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

function average(rows: ArrayLike<unknown>, value: (row: number) => number): number {
  let sum = 0
  for (let row = 0; row < rows.length; row += 1) sum += value(row)
  return sum / rows.length
}
