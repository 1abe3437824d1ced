import type { Matrix } from './matrix.ts'
import { type Random, randomFrom } from './random.ts'
import { BadRows } from './refusals.ts'
import { type Tree, treeValue } from './tree.ts'

/** Trees whose leaves hold how deep they are; NaN goes by a coin thrown for each split. */
export interface IsolationForest {
  readonly columns: number
  readonly trees: readonly Tree[]
  /** The depth that a row of the sample has on average. */
  readonly usualDepth: number
}

export interface ForestSettings {
  readonly trees: number
  readonly sample: number
  readonly seed: number
}

const usual: ForestSettings = { trees: 100, sample: 256, seed: 1 }

/** Liu, Ting and Zhou (2008): what is unlike the rest is alone after few random splits. */
export function isolationForest(
  features: Matrix,
  settings: Partial<ForestSettings> = {},
): IsolationForest {
  const { rows, columns } = features
  if (rows === 0 || columns === 0) throw new BadRows('There are no rows to learn from.')
  const { trees, sample, seed } = { ...usual, ...settings }
  const random = randomFrom(seed)
  const size = Math.min(sample, rows)
  const deepest = Math.ceil(Math.log2(Math.max(2, size)))
  const grow = () => new Growth(features, random, deepest).grown(chosen(random, rows, size))
  return { columns, trees: Array.from({ length: trees }, grow), usualDepth: depthOf(size) }
}

/** From 0 to 1 a row; 0.5 and below is usual, towards 1 is alone. */
export function anomalyScores(forest: IsolationForest, features: Matrix): Float64Array {
  const { rows, columns, values } = features
  if (columns !== forest.columns) throw new BadRows(`Rows are not ${forest.columns} numbers wide.`)
  return Float64Array.from({ length: rows }, (_, row) => {
    let depth = 0
    for (const tree of forest.trees) depth += treeValue(tree, values, row * columns)
    return 2 ** (-depth / forest.trees.length / (forest.usualDepth || 1))
  })
}

/** The mean depth of an unsuccessful search in a binary search tree of so many rows. */
function depthOf(rows: number): number {
  if (rows <= 1) return 0
  if (rows === 2) return 1
  return 2 * (Math.log(rows - 1) + 0.5772156649015329) - (2 * (rows - 1)) / rows
}

/** Without repetition: the first of a shuffle. */
function chosen(random: Random, rows: number, size: number): number[] {
  const all = Array.from({ length: rows }, (_, row) => row)
  for (let i = 0; i < size; i += 1) {
    const j = i + random.below(rows - i)
    ;[all[i], all[j]] = [all[j] as number, all[i] as number]
  }
  return all.slice(0, size)
}

class Growth {
  readonly #nodes: { column: number; threshold: number; left: number; right: number }[] = []
  readonly #values: number[] = []
  readonly #cover: number[] = []
  readonly #features: Matrix
  readonly #random: Random
  readonly #deepest: number

  constructor(features: Matrix, random: Random, deepest: number) {
    this.#features = features
    this.#random = random
    this.#deepest = deepest
  }

  grown(rows: readonly number[]): Tree {
    this.#node(rows, 0)
    const list = (key: 'column' | 'threshold' | 'left' | 'right') =>
      this.#nodes.map((node) => node[key])
    return {
      column: Int32Array.from(list('column')),
      threshold: Float32Array.from(list('threshold')),
      left: Int32Array.from(list('left')),
      right: Int32Array.from(list('right')),
      missingLeft: Uint8Array.from(this.#nodes, () => this.#random.below(2)),
      value: Float32Array.from(this.#values),
      cover: Float64Array.from(this.#cover),
    }
  }

  #node(rows: readonly number[], depth: number): number {
    const node = { column: -1, threshold: 0, left: 0, right: 0 }
    const id = this.#nodes.push(node) - 1
    this.#values.push(depth + depthOf(rows.length))
    this.#cover.push(rows.length)
    const split = depth < this.#deepest && rows.length > 1 ? this.#split(rows) : undefined
    if (!split) return id
    const at = (row: number) => this.#value(row, split.column)
    node.column = split.column
    node.threshold = split.threshold
    node.left = this.#node(
      rows.filter((row) => at(row) <= split.threshold),
      depth + 1,
    )
    node.right = this.#node(
      rows.filter((row) => !(at(row) <= split.threshold)),
      depth + 1,
    )
    return id
  }

  #value = (row: number, column: number): number =>
    this.#features.values[row * this.#features.columns + column] as number

  /** A random place within a random column that differs, or none where all rows are alike. */
  #split(rows: readonly number[]) {
    const columns = Array.from({ length: this.#features.columns }, (_, column) => column)
    for (const column of this.#random.shuffled(columns)) {
      const [low, high] = this.#range(rows, column)
      if (!(low < high)) continue
      const drawn = Math.fround(low + this.#random.next() * (high - low))
      return { column, threshold: drawn < high ? drawn : low }
    }
    return undefined
  }

  #range(rows: readonly number[], column: number): [low: number, high: number] {
    let [low, high] = [Infinity, -Infinity]
    for (const row of rows) {
      const value = this.#value(row, column)
      if (value < low) low = value
      if (value > high) high = value
    }
    return [low, high]
  }
}
