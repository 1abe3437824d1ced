import type { TreeModel } from './boosting.ts'
import type { IsolationForest } from './isolation-forest.ts'
import { floats, type Graph, type GraphNode, int, ints, text, texts, type Weight } from './onnx.ts'
import type { Tree } from './tree.ts'

/** `features [rows, columns]` to `answers [rows, outputs]`: what `predictionsOf` gives. */
export function treeGraph(model: TreeModel, name = 'trees'): Graph {
  const { columns, outputs, link, start, trees } = model
  const after = { identity: 'Identity', logistic: 'Sigmoid', softmax: 'Softmax' }[link]
  const grown = trees.length > 0 ? trees : nothing(outputs)
  return {
    name,
    inputs: [{ name: 'features', shape: ['rows', columns] }],
    outputs: [{ name: 'answers', shape: ['rows', outputs] }],
    weights: [{ name: 'start', shape: [1, outputs], values: Float32Array.from(start) }],
    nodes: [
      { ...ensembleOf(grown, outputs, 'SUM'), inputs: ['features'], outputs: ['scores'] },
      { op: 'Add', inputs: ['scores', 'start'], outputs: ['started'] },
      {
        op: after,
        inputs: ['started'],
        outputs: ['answers'],
        attributes: link === 'softmax' ? [int('axis', 1)] : [],
      },
    ],
  }
}

/** `features [rows, columns]` to `answers [rows, 1]`: what `anomalyScores` gives. */
export function forestGraph(forest: IsolationForest, name = 'forest'): Graph {
  const constant = (called: string, value: number): Weight => ({
    name: called,
    shape: [1],
    values: Float32Array.of(value),
  })
  return {
    name,
    inputs: [{ name: 'features', shape: ['rows', forest.columns] }],
    outputs: [{ name: 'answers', shape: ['rows', 1] }],
    weights: [constant('scale', -1 / (forest.usualDepth || 1)), constant('two', 2)],
    nodes: [
      { ...ensembleOf(forest.trees, 1, 'AVERAGE'), inputs: ['features'], outputs: ['depth'] },
      { op: 'Mul', inputs: ['depth', 'scale'], outputs: ['power'] },
      { op: 'Pow', inputs: ['two', 'power'], outputs: ['answers'] },
    ],
  }
}

/** Trees that add nothing: a graph of none would be refused. */
const nothing = (outputs: number): Tree[] =>
  Array.from({ length: outputs }, () => ({
    column: Int32Array.of(-1),
    threshold: Float32Array.of(0),
    left: Int32Array.of(0),
    right: Int32Array.of(0),
    missingLeft: Uint8Array.of(0),
    value: Float32Array.of(0),
    cover: Float64Array.of(0),
  }))

type Ensemble = Pick<GraphNode, 'op' | 'domain' | 'attributes'>

/** The operator TreeEnsembleRegressor of ai.onnx.ml 3; tree i adds to output i modulo `outputs`. */
function ensembleOf(trees: readonly Tree[], outputs: number, aggregate: string): Ensemble {
  const nodes = trees.flatMap((tree, id) =>
    Array.from(tree.column, (column, node) => ({ tree, id, node, leaf: column < 0 })),
  )
  return {
    op: 'TreeEnsembleRegressor',
    domain: 'ai.onnx.ml',
    attributes: [
      int('n_targets', outputs),
      text('aggregate_function', aggregate),
      text('post_transform', 'NONE'),
      ...branches(nodes),
      ...targets(nodes, outputs),
    ],
  }
}

interface Node {
  readonly tree: Tree
  readonly id: number
  readonly node: number
  readonly leaf: boolean
}

function branches(nodes: readonly Node[]) {
  const whole = (name: string, value: (at: Node) => number) => ints(name, nodes.map(value))
  const modes = nodes.map(({ leaf }) => (leaf ? 'LEAF' : 'BRANCH_LEQ'))
  const thresholds = nodes.map(({ tree, node }) => tree.threshold[node] as number)
  return [
    whole('nodes_treeids', ({ id }) => id),
    whole('nodes_nodeids', ({ node }) => node),
    whole('nodes_featureids', ({ tree, node }) => Math.max(0, tree.column[node] as number)),
    floats('nodes_values', thresholds),
    texts('nodes_modes', modes),
    whole('nodes_truenodeids', ({ tree, node }) => tree.left[node] as number),
    whole('nodes_falsenodeids', ({ tree, node }) => tree.right[node] as number),
    whole('nodes_missing_value_tracks_true', ({ tree, node }) => tree.missingLeft[node] as number),
  ]
}

function targets(nodes: readonly Node[], outputs: number) {
  const leaves = nodes.filter(({ leaf }) => leaf)
  const whole = (name: string, value: (at: Node) => number) => ints(name, leaves.map(value))
  const weights = leaves.map(({ tree, node }) => tree.value[node] as number)
  return [
    whole('target_treeids', ({ id }) => id),
    whole('target_nodeids', ({ node }) => node),
    whole('target_ids', ({ id }) => id % outputs),
    floats('target_weights', weights),
  ]
}
