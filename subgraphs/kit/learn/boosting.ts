import { type Binned, binned } from './bins.ts'
import { type Gradients, grownTree } from './grow-tree.ts'
import type { Matrix } from './matrix.ts'
import { type Labels, type Link, type Objective, sigmoid, softmax } from './objectives.ts'
import { type Random, randomFrom } from './random.ts'
import { BadRows } from './refusals.ts'
import type { Limits } from './split.ts'
import { addPath, type Tree, treeValue } from './tree.ts'

/** Gradient-boosted trees: a start and a tree for each output in turn, round after round. */
export interface TreeModel {
  readonly link: Link
  readonly outputs: number
  readonly columns: number
  readonly start: readonly number[]
  readonly trees: readonly Tree[]
}

export interface Settings extends Limits {
  readonly rounds: number
  /** Shares of rows and columns that a tree sees, drawn anew for each. */
  readonly rowShare: number
  readonly columnShare: number
  readonly bins: number
  /** With validation rows: rounds without a lower loss before it ends; the best are kept. */
  readonly patience: number
  readonly seed: number
}

const usual: Settings = {
  rounds: 100,
  rate: 0.1,
  leaves: 31,
  depth: 16,
  minLeafRows: 20,
  minLeafHessian: 1e-3,
  l2: 1,
  rowShare: 1,
  columnShare: 1,
  bins: 255,
  patience: 20,
  seed: 1,
}

export interface Examples extends Labels {
  readonly features: Matrix
}

export interface Training extends Examples {
  readonly validation?: Examples
}

/**
 * Learns trees by the histogram method of LightGBM (Ke et al., 2017) with XGBoost's second-order
 * gain (Chen and Guestrin, 2016). What is NaN goes to the side where it lowered the loss. The
 * same seed gives the same trees to the bit. Throws BAD_ROWS where there is nothing to learn from.
 */
export function trainedTrees(
  objective: Objective,
  training: Training,
  settings: Partial<Settings> = {},
): TreeModel {
  checked(training)
  if (training.validation) checked(training.validation)
  const all = { ...usual, ...settings }
  const { outputs, link } = objective
  const { columns } = training.features
  const start = objective.start(training).map(Math.fround)
  const trees: Tree[] = []
  const round = rounds(objective, training, { settings: all, start })
  const stop = stopping(objective, training.validation, { settings: all, start })
  for (let i = 0; i < all.rounds && !stop.now(); i += 1) {
    const grown = round()
    trees.push(...grown)
    stop.saw(grown)
  }
  return { link, outputs, columns, start, trees: trees.slice(0, stop.best * outputs) }
}

function checked({ features, targets, weights, groups }: Examples): void {
  const { rows, columns } = features
  if (rows === 0 || columns === 0) throw new BadRows('There are no rows to learn from.')
  if (targets.length !== rows) throw new BadRows('There is not one target a row.')
  if ((weights ?? targets).length !== rows) throw new BadRows('There is not one weight a row.')
  for (let row = 0; row < rows; row += 1) {
    if (!Number.isFinite(targets[row])) throw new BadRows(`The target of row ${row} is no number.`)
  }
  const grouped = Array.from(groups ?? [rows]).reduce((sum, size) => sum + size, 0)
  if (grouped !== rows) throw new BadRows('The groups are not all rows.')
}

interface Setup {
  settings: Settings
  start: readonly number[]
}

function rounds(objective: Objective, training: Training, { settings, start }: Setup) {
  const { features } = training
  const random = randomFrom(settings.seed)
  const bins: Binned = binned(features, settings.bins)
  const scores = startingScores(features.rows, start)
  const gradients = start.map(
    (): Gradients => ({
      first: new Float64Array(features.rows),
      second: new Float64Array(features.rows),
    }),
  )
  return (): Tree[] => {
    objective.differentiate(scores, training, gradients)
    const rows = drawn(random, features.rows, settings.rowShare)
    return gradients.map((own, output) => {
      const columns = drawn(random, features.columns, settings.columnShare)
      const tree = grownTree({ binned: bins, gradients: own, rows, columns, limits: settings })
      addTree(tree, features, { scores, output, outputs: objective.outputs })
      return tree
    })
  }
}

/** A share of 0 … n − 1, at least one, in order, without repetition (Knuth's algorithm S). */
function drawn(random: Random, n: number, share: number): Int32Array {
  if (share >= 1) return Int32Array.from({ length: n }, (_, i) => i)
  let wanted = Math.max(1, Math.round(n * share))
  const chosen: number[] = []
  for (let i = 0; i < n && wanted > 0; i += 1) {
    if (random.next() * (n - i) >= wanted) continue
    chosen.push(i)
    wanted -= 1
  }
  return Int32Array.from(chosen)
}

function stopping(objective: Objective, validation: Examples | undefined, setup: Setup) {
  const { settings, start } = setup
  const scores = startingScores(validation?.features.rows ?? 0, start)
  let [lowest, rounds] = [Infinity, 0]
  const progress = {
    best: 0,
    now: () => validation !== undefined && rounds - progress.best >= settings.patience,
    saw(grown: readonly Tree[]) {
      rounds += 1
      if (!validation) progress.best = rounds
      if (!validation) return
      for (const [output, tree] of grown.entries()) {
        addTree(tree, validation.features, { scores, output, outputs: objective.outputs })
      }
      const loss = objective.loss(scores, validation)
      if (loss < lowest) [lowest, progress.best] = [loss, rounds]
    },
  }
  return progress
}

const startingScores = (rows: number, start: readonly number[]) =>
  Float64Array.from({ length: rows * start.length }, (_, i) => start[i % start.length] as number)

interface Scores {
  scores: Float64Array
  output: number
  outputs: number
}

function addTree(tree: Tree, { rows, columns, values }: Matrix, into: Scores): void {
  const { scores, output, outputs } = into
  for (let row = 0; row < rows; row += 1) {
    const at = row * outputs + output
    scores[at] = (scores[at] as number) + treeValue(tree, values, row * columns)
  }
}

/** The scores before the link, `outputs` numbers a row. Throws BAD_ROWS for another width. */
export function scoresOf(model: TreeModel, features: Matrix): Float64Array {
  const { start, trees, outputs, columns } = model
  if (features.columns !== columns) throw new BadRows(`Rows are not ${columns} numbers wide.`)
  const scores = startingScores(features.rows, start)
  for (const [i, tree] of trees.entries()) {
    addTree(tree, features, { scores, output: i % outputs, outputs })
  }
  return scores
}

/** The answers: a value, a chance of class 1, or a chance for each class, row after row. */
export function predictionsOf(model: TreeModel, features: Matrix): Float64Array {
  const scores = scoresOf(model, features)
  if (model.link === 'identity') return scores
  if (model.link === 'logistic') return scores.map(sigmoid)
  const { outputs } = model
  for (let at = 0; at < scores.length; at += outputs) {
    scores.set(softmax(scores.subarray(at, at + outputs)), at)
  }
  return scores
}

/** Why one row got its score: what it begins at, and what each column added to it. */
export function contributionsOf(model: TreeModel, row: ArrayLike<number>, output = 0) {
  const columns = new Float64Array(model.columns)
  let base = model.start[output] as number
  for (let i = output; i < model.trees.length; i += model.outputs) {
    base += addPath(model.trees[i] as Tree, row, columns)
  }
  return { base, columns }
}
