import type { Binned } from './bins.ts'

/** What is known of the rows in a node: sums of derivatives, and how many rows there are. */
export interface Sums {
  readonly first: number
  readonly second: number
  readonly rows: number
}

export interface Limits {
  /** What a leaf's value is multiplied by. */
  readonly rate: number
  readonly leaves: number
  readonly depth: number
  readonly minLeafRows: number
  readonly minLeafHessian: number
  readonly l2: number
  /** By column: 1 where the score may only rise with it, −1 where it may only fall. */
  readonly monotone?: readonly number[] | undefined
}

export interface Split {
  readonly gain: number
  readonly column: number
  /** The last bin that goes left. */
  readonly bin: number
  readonly missingLeft: boolean
  readonly left: Sums
  readonly right: Sums
}

interface Bounds {
  readonly low: number
  readonly high: number
}

/** The Newton step, kept where the constraints above allow it. */
export const leafValue = ({ first, second }: Sums, { l2 }: Limits, { low, high }: Bounds): number =>
  Math.min(high, Math.max(low, -first / (second + l2 + 1e-16)))

interface Scanned {
  readonly binned: Binned
  readonly columns: Int32Array
  readonly limits: Limits
}

type Node = Bounds & { readonly histogram: Float64Array }

/** The split that lowers the loss most (Chen and Guestrin, 2016), or none that lowers it. */
export function bestSplit(scanned: Scanned, node: Node, whole: Sums): Split | undefined {
  const { binned, columns, limits } = scanned
  const parent = drop(whole, leafValue(whole, limits, node), limits.l2)
  const best = new Best(whole, parent, limits)
  for (const column of columns) {
    const from = binned.slots[column] as number
    const last = (binned.slots[column + 1] as number) - 1
    const missing = sumsAt(node.histogram, last)
    best.scan({ node, column, from, last }, { missing, missingLeft: missing.rows === 0 })
    if (missing.rows > 0) best.scan({ node, column, from, last }, { missing, missingLeft: true })
  }
  return best.split
}

const sumsAt = (histogram: Float64Array, slot: number): Sums => ({
  first: histogram[3 * slot] as number,
  second: histogram[3 * slot + 1] as number,
  rows: histogram[3 * slot + 2] as number,
})

/** Twice what the loss falls by when these rows' score moves by `value`. */
const drop = ({ first, second }: Sums, value: number, l2: number) =>
  -(2 * first * value + (second + l2) * value * value)

type Running = { -readonly [key in keyof Sums]: Sums[key] }

interface Column {
  node: Node
  column: number
  from: number
  last: number
}

class Best {
  split: Split | undefined
  #gain = 1e-9
  readonly #whole: Sums
  readonly #parent: number
  readonly #limits: Limits

  constructor(whole: Sums, parent: number, limits: Limits) {
    this.#whole = whole
    this.#parent = parent
    this.#limits = limits
  }

  /** With nothing missing, NaN is sent where more of the training rows went. */
  scan(at: Column, { missing, missingLeft }: { missing: Sums; missingLeft: boolean }): void {
    const { histogram } = at.node
    const left: Running = missingLeft ? { ...missing } : { first: 0, second: 0, rows: 0 }
    const right = { first: 0, second: 0, rows: 0 }
    // The last bin but one may be split from the missing alone.
    for (let slot = at.from; slot < at.last; slot += 1) {
      left.first += histogram[3 * slot] as number
      left.second += histogram[3 * slot + 1] as number
      left.rows += histogram[3 * slot + 2] as number
      right.first = this.#whole.first - left.first
      right.second = this.#whole.second - left.second
      right.rows = this.#whole.rows - left.rows
      if (right.rows < this.#limits.minLeafRows) return
      if (!this.#bigEnough(left, right)) continue
      const gain = this.#gainOf(at, left, right)
      if (gain > this.#gain) this.#keep(gain, { at, slot, left, right, missing, missingLeft })
    }
  }

  #bigEnough(left: Sums, right: Sums): boolean {
    const { minLeafRows, minLeafHessian } = this.#limits
    return (
      left.rows >= minLeafRows && left.second >= minLeafHessian && right.second >= minLeafHessian
    )
  }

  #gainOf({ node, column }: Column, left: Sums, right: Sums): number {
    const { monotone, l2 } = this.#limits
    const [a, b] = [leafValue(left, this.#limits, node), leafValue(right, this.#limits, node)]
    const sign = monotone?.[column] ?? 0
    if (sign * (b - a) < 0) return 0
    return drop(left, a, l2) + drop(right, b, l2) - this.#parent
  }

  #keep(gain: number, found: Found): void {
    const { at, slot, left, right, missing, missingLeft } = found
    const side = missing.rows === 0 ? left.rows >= right.rows : missingLeft
    this.#gain = gain
    this.split = {
      gain,
      column: at.column,
      bin: slot - at.from,
      missingLeft: side,
      left: { ...left },
      right: { ...right },
    }
  }
}

interface Found {
  at: Column
  slot: number
  left: Sums
  right: Sums
  missing: Sums
  missingLeft: boolean
}
