import type { TreeModel } from './boosting.ts'
import type { IsolationForest } from './isolation-forest.ts'
import type { Tree } from './tree.ts'

type Packed = Readonly<Record<keyof Tree, string>>

/** A model of trees as JSON, to the bit: what a graph leaves out is needed to give reasons. */
export const treesToJson = (model: TreeModel | IsolationForest): string =>
  `${JSON.stringify({ ...model, trees: model.trees.map(packed) })}\n`

export const treesFromJson = (text: string): TreeModel => unpacked<TreeModel>(text)

export const forestFromJson = (text: string): IsolationForest => unpacked<IsolationForest>(text)

function unpacked<T extends TreeModel | IsolationForest>(text: string): T {
  const { trees, ...rest } = JSON.parse(text) as Omit<T, 'trees'> & { trees: Packed[] }
  return { ...rest, trees: trees.map(treeFrom) } as unknown as T
}

const base64 = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

const packed = (tree: Tree): Packed => ({
  column: base64(tree.column),
  threshold: base64(tree.threshold),
  left: base64(tree.left),
  right: base64(tree.right),
  missingLeft: base64(tree.missingLeft),
  value: base64(tree.value),
  cover: base64(tree.cover),
})

/** A copy of its own, because a view has to begin at a multiple of its width. */
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64')).buffer

const treeFrom = (tree: Packed): Tree => ({
  column: new Int32Array(bytesOf(tree.column)),
  threshold: new Float32Array(bytesOf(tree.threshold)),
  left: new Int32Array(bytesOf(tree.left)),
  right: new Int32Array(bytesOf(tree.right)),
  missingLeft: new Uint8Array(bytesOf(tree.missingLeft)),
  value: new Float32Array(bytesOf(tree.value)),
  cover: new Float64Array(bytesOf(tree.cover)),
})
