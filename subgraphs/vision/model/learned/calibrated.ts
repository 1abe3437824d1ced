import { temperature } from '@shop/kit/learn/calibration'
import { pickedRows } from '@shop/kit/learn/matrix'
import { softmax } from '@shop/kit/learn/objectives'
import { discriminant, type Labelled, scoresOf } from './discriminant.ts'
import type { Products } from './products.ts'

const folds = 10

export interface Calibrated {
  readonly temperature: number
  readonly thresholds: readonly number[]
}

/**
 * The temperature (Guo et al., 2017) and the thresholds of tags, on scores of rows that the head
 * did not see.
 */
export async function calibrated(
  products: Products,
  { rows, labels, classes }: Labelled,
  shrinkage: number,
): Promise<Calibrated> {
  const fold = foldsOf(labels, classes)
  const all = [...fold.keys()]
  const scores: number[] = []
  const targets: number[] = []
  for (let out = 0; out < folds; out += 1) {
    const own = all.filter((row) => fold[row] === out)
    const rest = all.filter((row) => fold[row] !== out)
    if (own.length === 0 || rest.length === 0) continue
    const kept = {
      rows: pickedRows(rows, rest),
      labels: rest.map((row) => labels[row] ?? 0),
      classes,
    }
    const head = await discriminant(products, kept, shrinkage)
    const found = await scoresOf(products, head, pickedRows(rows, own))
    for (const score of found.values) scores.push(score)
    targets.push(...own.map((row) => labels[row] ?? 0))
  }
  const unseen = { scores: Float64Array.from(scores), targets, classes }
  const warmth = temperature(unseen)
  return { temperature: warmth, thresholds: thresholds(unseen, warmth) }
}

/** A fold is a run of neighbours of each class, because photographs are taken in series. */
export function foldsOf(labels: ArrayLike<number>, classes: number): number[] {
  const [seen, all] = [new Int32Array(classes), new Int32Array(classes)]
  const list = Array.from(labels)
  for (const label of list) all[label] = (all[label] as number) + 1
  return list.map((label) => {
    const place = seen[label] as number
    seen[label] = place + 1
    return Math.floor((place * folds) / (all[label] as number))
  })
}

interface Unseen {
  readonly scores: Float64Array
  readonly targets: readonly number[]
  readonly classes: number
}

const precision = 0.9
const leastRows = 5
/** A tag is likelier true than not, however rarely its class is mistaken. */
const likely = 0.5

/** For each class, the least chance from which on nine of ten were right. */
function thresholds({ scores, targets, classes }: Unseen, warmth: number): number[] {
  const chances = targets.map((_, row) =>
    softmax(scores.slice(row * classes, (row + 1) * classes).map((score) => score / warmth)),
  )
  return Array.from({ length: classes }, (_, label) => {
    const said = chances.map((own, row) => [own[label] ?? 0, targets[row] === label] as const)
    said.sort((a, b) => b[0] - a[0])
    let [right, least] = [0, 2]
    for (const [i, [chance, isRight]] of said.entries()) {
      right += Number(isRight)
      if (i + 1 >= leastRows && right / (i + 1) >= precision) least = Math.max(likely, chance)
    }
    return least
  })
}
