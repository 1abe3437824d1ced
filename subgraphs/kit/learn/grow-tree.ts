import type { Binned } from './bins.ts'
import { bestSplit, type Limits, leafValue, type Split, type Sums } from './split.ts'
import type { Tree } from './tree.ts'

/** First and second derivatives of the loss by the score, a row each. */
export interface Gradients {
  readonly first: Float64Array
  readonly second: Float64Array
}

export interface Growing {
  readonly binned: Binned
  readonly gradients: Gradients
  /** Rows and columns that this tree may learn from. */
  readonly rows: Int32Array
  readonly columns: Int32Array
  readonly limits: Limits
}

interface Leaf {
  readonly node: number
  readonly from: number
  readonly to: number
  readonly depth: number
  readonly low: number
  readonly high: number
  readonly histogram: Float64Array
  readonly split: Split | undefined
}

/**
 * Grows the leaf that gains most, until there are enough leaves (Shi, 2007; LightGBM, Ke et al.,
 * 2017). Of two new leaves the smaller one's histogram is counted, the other's is the difference.
 */
export function grownTree(growing: Growing): Tree {
  const { limits, rows } = growing
  const nodes = new Nodes(growing)
  const order = rows.slice()
  const whole = { from: 0, to: rows.length, depth: 0, low: -Infinity, high: Infinity }
  const histogram = counted(growing, order, whole)
  const sums = sumsOf(histogram, growing)
  const open = [opened(growing, { ...whole, node: nodes.add(sums, whole), histogram }, sums)]
  for (let leaves = 1; leaves < limits.leaves; leaves += 1) {
    const next = takenBest(open)
    if (!next?.split) break
    open.push(...divided(growing, { leaf: next, split: next.split, order, nodes }))
  }
  return nodes.tree()
}

function takenBest(open: Leaf[]): Leaf | undefined {
  let best = -1
  let gain = 0
  for (const [i, { split }] of open.entries()) {
    if (split && split.gain > gain) [best, gain] = [i, split.gain]
  }
  return best < 0 ? undefined : open.splice(best, 1)[0]
}

interface Dividing {
  leaf: Leaf
  split: Split
  order: Int32Array
  nodes: Nodes
}

function divided(growing: Growing, { leaf, split, order, nodes }: Dividing): Leaf[] {
  const middle = partitioned(growing.binned, order, { ...leaf, ...split })
  const depth = leaf.depth + 1
  const { left: leftBounds, right: rightBounds } = boundsAfter(growing, leaf, split)
  const left = { from: leaf.from, to: middle, depth, ...leftBounds }
  const right = { from: middle, to: leaf.to, depth, ...rightBounds }
  const leftIsSmaller = middle - leaf.from <= leaf.to - middle
  const smaller = counted(growing, order, leftIsSmaller ? left : right)
  const larger = leaf.histogram
  for (let i = 0; i < larger.length; i += 1) {
    larger[i] = (larger[i] as number) - (smaller[i] as number)
  }
  const [leftHistogram, rightHistogram] = leftIsSmaller ? [smaller, larger] : [larger, smaller]
  const leftNode = nodes.add(split.left, left)
  const rightNode = nodes.add(split.right, right)
  nodes.join(leaf.node, split, [leftNode, rightNode])
  return [
    opened(growing, { ...left, node: leftNode, histogram: leftHistogram }, split.left),
    opened(growing, { ...right, node: rightNode, histogram: rightHistogram }, split.right),
  ]
}

/** A constrained split keeps all that grows below it on its own side of the middle. */
function boundsAfter(growing: Growing, { low, high }: Leaf, { column, left, right }: Split) {
  const sign = growing.limits.monotone?.[column] ?? 0
  if (sign === 0) return { left: { low, high }, right: { low, high } }
  const value = (sums: Sums) => leafValue(sums, growing.limits, { low, high })
  const middle = (value(left) + value(right)) / 2
  const [below, above] = [
    { low, high: middle },
    { low: middle, high },
  ]
  return sign > 0 ? { left: below, right: above } : { left: above, right: below }
}

function opened({ binned, columns, limits }: Growing, leaf: Omit<Leaf, 'split'>, sums: Sums): Leaf {
  const small = sums.rows < 2 * limits.minLeafRows || leaf.depth >= limits.depth
  const split = small ? undefined : bestSplit({ binned, columns, limits }, leaf, sums)
  return { ...leaf, split }
}

/** Rows that go left come first, each side in the order it had; gives where the right begins. */
function partitioned(binned: Binned, order: Int32Array, at: Leaf & Split): number {
  const { from, to, column, bin, missingLeft } = at
  const bins = binned.bins.subarray(column * binned.rows, (column + 1) * binned.rows)
  const missing = (binned.edges[column] as Float32Array).length + 1
  const right = new Int32Array(to - from)
  let [lefts, rights] = [from, 0]
  for (let i = from; i < to; i += 1) {
    const row = order[i] as number
    const own = bins[row] as number
    if (own === missing ? missingLeft : own <= bin) order[lefts++] = row
    else right[rights++] = row
  }
  order.set(right.subarray(0, rights), lefts)
  return lefts
}

function counted(growing: Growing, order: Int32Array, { from, to }: { from: number; to: number }) {
  const { binned, columns, gradients } = growing
  const { first, second } = gradients
  const histogram = new Float64Array(3 * (binned.slots[binned.columns] as number))
  for (const column of columns) {
    const bins = binned.bins.subarray(column * binned.rows, (column + 1) * binned.rows)
    const base = 3 * (binned.slots[column] as number)
    for (let i = from; i < to; i += 1) {
      const row = order[i] as number
      const at = base + 3 * (bins[row] as number)
      histogram[at] = (histogram[at] as number) + (first[row] as number)
      histogram[at + 1] = (histogram[at + 1] as number) + (second[row] as number)
      histogram[at + 2] = (histogram[at + 2] as number) + 1
    }
  }
  return histogram
}

function sumsOf(histogram: Float64Array, { binned, columns }: Growing): Sums {
  const sums = { first: 0, second: 0, rows: 0 }
  const column = columns[0] ?? 0
  const end = 3 * (binned.slots[column + 1] as number)
  for (let at = 3 * (binned.slots[column] as number); at < end; at += 3) {
    sums.first += histogram[at] as number
    sums.second += histogram[at + 1] as number
    sums.rows += histogram[at + 2] as number
  }
  return sums
}

/** The tree as it grows. */
class Nodes {
  readonly #column: number[] = []
  readonly #threshold: number[] = []
  readonly #left: number[] = []
  readonly #right: number[] = []
  readonly #missingLeft: number[] = []
  readonly #value: number[] = []
  readonly #cover: number[] = []
  readonly #growing: Growing

  constructor(growing: Growing) {
    this.#growing = growing
  }

  add(sums: Sums, bounds: { low: number; high: number }): number {
    const { limits } = this.#growing
    this.#column.push(-1)
    for (const list of [this.#threshold, this.#left, this.#right, this.#missingLeft]) list.push(0)
    this.#value.push(limits.rate * leafValue(sums, limits, bounds))
    return this.#cover.push(sums.rows) - 1
  }

  join(node: number, split: Split, [left, right]: readonly [number, number]): void {
    this.#column[node] = split.column
    this.#threshold[node] = this.#growing.binned.edges[split.column]?.[split.bin] ?? Infinity
    this.#missingLeft[node] = Number(split.missingLeft)
    this.#left[node] = left
    this.#right[node] = right
  }

  tree(): Tree {
    return {
      column: Int32Array.from(this.#column),
      threshold: Float32Array.from(this.#threshold),
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      missingLeft: Uint8Array.from(this.#missingLeft),
      value: Float32Array.from(this.#value),
      cover: Float64Array.from(this.#cover),
    }
  }
}
