import { calibrationError } from '@shop/kit/learn/class-metrics'
import { type Matrix, rowOf } from '@shop/kit/learn/matrix'
import type { Products } from '../learned/products.ts'
import { transposed, unitRows } from '../learned/rows.ts'

export interface Ranked {
  /** The surest class, a row. */
  readonly said: readonly number[]
  /** Whether the surest class is the true one, a row. */
  readonly right: readonly number[]
  /** The chance of the surest class, a row. */
  readonly sure: readonly number[]
}

export function ranked(chances: Matrix, labels: ArrayLike<number>): Ranked {
  const sure: number[] = []
  const said: number[] = []
  const right = Array.from(labels, (label, row) => {
    const own = rowOf(chances, row)
    const most = own.indexOf(Math.max(...own))
    sure.push(own[most] as number)
    said.push(most)
    return Number(most === label)
  })
  return { said, right, sure }
}

/** How far the chance of the surest class is from how often it is right, in 10 bins. */
export const gapOf = (rows: readonly (readonly [sure: number, right: number])[]): number =>
  calibrationError({ scores: rows.map(([sure]) => sure), truths: rows.map(([, right]) => right) })

export interface Shelf {
  readonly vectors: Matrix
  readonly labels: ArrayLike<number>
}

/** For each query the labels of its nearest 5 on the shelf, by cosine, the nearest first. */
export async function nearestLabels(
  products: Products,
  queries: Shelf,
  shelf: Shelf,
): Promise<number[][]> {
  const turned = transposed(unitRows(shelf.vectors))
  const likeness = await products.times(unitRows(queries.vectors), turned)
  return Array.from(queries.labels, (_, row) => {
    const own = rowOf(likeness, row)
    const order = Array.from(own.keys()).sort((a, b) => (own[b] as number) - (own[a] as number))
    return order.slice(0, 5).map((each) => shelf.labels[each] as number)
  })
}

/** Each query's share of its nearest that are of its class. */
export const precisions = (near: readonly (readonly number[])[], labels: ArrayLike<number>) =>
  near.map((own, row) => own.filter((each) => each === labels[row]).length / own.length)

/** Whether one of its class is among each query's nearest. */
export const hits = (near: readonly (readonly number[])[], labels: ArrayLike<number>) =>
  near.map((own, row) => Number(own.includes(labels[row] as number)))

/** Whether the most frequent label of the nearest is the true one; of equals the nearest. */
export const votes = (near: readonly (readonly number[])[], labels: ArrayLike<number>) =>
  near.map((own, row) => {
    const count = (of: number) => own.filter((each) => each === of).length
    return Number(
      own.reduce((best, each) => (count(each) > count(best) ? each : best)) === labels[row],
    )
  })

/** These columns of the rows alone: the colours are the last of the features. */
export function lastColumns({ rows, columns, values }: Matrix, width: number): Matrix {
  const kept = Float32Array.from({ length: rows * width }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width]
    return values[row * columns + columns - width + column] as number
  })
  return { rows, columns: width, values: kept }
}
