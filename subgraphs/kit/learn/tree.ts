/** One tree as flat arrays; node 0 is the root, and a leaf has no column (−1). */
export interface Tree {
  readonly column: Int32Array
  /** Left where the value is not above it. */
  readonly threshold: Float32Array
  readonly left: Int32Array
  readonly right: Int32Array
  /** 1 where NaN goes left. */
  readonly missingLeft: Uint8Array
  /** What a leaf adds to the score; at other nodes what it would add if the tree ended there. */
  readonly value: Float32Array
  /** How many training rows came by. */
  readonly cover: Float64Array
}

/** The leaf that the row at `offset` of `values` ends in. */
export function leafOf(tree: Tree, values: ArrayLike<number>, offset = 0): number {
  let node = 0
  for (;;) {
    const column = tree.column[node] as number
    if (column < 0) return node
    node = goesLeft(tree, node, values[offset + column] as number)
      ? (tree.left[node] as number)
      : (tree.right[node] as number)
  }
}

function goesLeft(tree: Tree, node: number, value: number): boolean {
  return Number.isNaN(value)
    ? tree.missingLeft[node] === 1
    : value <= (tree.threshold[node] as number)
}

export const treeValue = (tree: Tree, values: ArrayLike<number>, offset = 0): number =>
  tree.value[leafOf(tree, values, offset)] as number

/**
 * Adds to `into`, by column, what each split on the row's path moved the tree's value by
 * (Saabas, 2014), and gives the root's value: the two together are the tree's answer.
 */
export function addPath(tree: Tree, row: ArrayLike<number>, into: Float64Array): number {
  let node = 0
  for (;;) {
    const column = tree.column[node] as number
    if (column < 0) return tree.value[0] as number
    const left = goesLeft(tree, node, row[column] as number)
    const next = (left ? tree.left[node] : tree.right[node]) as number
    into[column] =
      (into[column] as number) + (tree.value[next] as number) - (tree.value[node] as number)
    node = next
  }
}
