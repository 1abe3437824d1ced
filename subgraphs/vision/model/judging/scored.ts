import { calibrationError } from '@shop/kit/learn/class-metrics'
import { type Matrix, rowOf } from '@shop/kit/learn/matrix'
import { cosine } from '../duplicates.ts'

export interface Ranked {
  /** Whether the surest class is the true one, a row. */
  readonly right: readonly number[]
  /** The chance of the surest class, a row. */
  readonly sure: readonly number[]
}

export function ranked(chances: Matrix, labels: ArrayLike<number>): Ranked {
  const sure: number[] = []
  const right = Array.from(labels, (label, row) => {
    const own = rowOf(chances, row)
    const most = own.indexOf(Math.max(...own))
    sure.push(own[most] as number)
    return Number(most === label)
  })
  return { right, sure }
}

/** How far the chance of the surest class is from how often it is right, in 10 bins. */
export const gapOf = (rows: readonly (readonly [sure: number, right: number])[]): number =>
  calibrationError({ scores: rows.map(([sure]) => sure), truths: rows.map(([, right]) => right) })

export interface Shelf {
  readonly vectors: Matrix
  readonly labels: ArrayLike<number>
}

/** Of the nearest k on the shelf, by cosine, the labels: the nearest first. */
export function nearestLabels(vector: Float32Array, shelf: Shelf, k: number): number[] {
  const best: { likeness: number; label: number }[] = []
  for (let row = 0; row < shelf.vectors.rows; row += 1) {
    const likeness = cosine(vector, rowOf(shelf.vectors, row))
    if (best.length === k && likeness <= (best[k - 1]?.likeness ?? -1)) continue
    best.push({ likeness, label: shelf.labels[row] as number })
    best.sort((a, b) => b.likeness - a.likeness)
    if (best.length > k) best.pop()
  }
  return best.map(({ label }) => label)
}

/** Each query's share of the nearest k that are of its class. */
export const precisions = (queries: Shelf, shelf: Shelf, k: number): number[] =>
  Array.from(queries.labels, (label, row) => {
    const near = nearestLabels(rowOf(queries.vectors, row), shelf, k)
    return near.filter((each) => each === label).length / k
  })

/** Whether one of its class is among each query's nearest k. */
export const hits = (queries: Shelf, shelf: Shelf, k: number): number[] =>
  Array.from(queries.labels, (label, row) =>
    Number(nearestLabels(rowOf(queries.vectors, row), shelf, k).includes(label)),
  )

/** Whether the most frequent label of the nearest 5 is the true one; of equals the nearest. */
export const votes = (queries: Shelf, shelf: Shelf): number[] =>
  Array.from(queries.labels, (label, row) => {
    const near = nearestLabels(rowOf(queries.vectors, row), shelf, 5)
    const count = (of: number) => near.filter((each) => each === of).length
    return Number(near.reduce((best, each) => (count(each) > count(best) ? each : best)) === label)
  })

/** These columns of the rows alone: the colours are the last of the features. */
export function lastColumns({ rows, columns, values }: Matrix, width: number): Matrix {
  const kept = Float32Array.from({ length: rows * width }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width]
    return values[row * columns + columns - width + column] as number
  })
  return { rows, columns: width, values: kept }
}
