import type { LogisticModel } from './logistic-regression.ts'
import { type Graph, int } from './onnx.ts'
import type { LinearModel } from './ridge.ts'

/** `features [rows, columns]` to `answers [rows, classes]`: the chances of each class. */
export function logisticGraph(model: LogisticModel, name = 'logistic'): Graph {
  const { columns, classes, weights } = model
  const [lines, intercepts] = [
    weights.subarray(0, columns * classes),
    weights.subarray(columns * classes),
  ]
  return {
    ...product({ name, columns, outputs: classes, lines, intercepts }),
    nodes: [
      { op: 'Gemm', inputs: ['features', 'lines', 'intercepts'], outputs: ['scores'] },
      { op: 'Softmax', inputs: ['scores'], outputs: ['answers'], attributes: [int('axis', 1)] },
    ],
  }
}

/** `features [rows, columns]` to `answers [rows, 1]`. */
export function linearGraph({ weights, intercept }: LinearModel, name = 'linear'): Graph {
  const intercepts = Float64Array.of(intercept)
  return {
    ...product({ name, columns: weights.length, outputs: 1, lines: weights, intercepts }),
    nodes: [{ op: 'Gemm', inputs: ['features', 'lines', 'intercepts'], outputs: ['answers'] }],
  }
}

interface Product {
  name: string
  columns: number
  outputs: number
  lines: Float64Array
  intercepts: Float64Array
}

const product = ({ name, columns, outputs, lines, intercepts }: Product) => ({
  name,
  inputs: [{ name: 'features', shape: ['rows', columns] }],
  outputs: [{ name: 'answers', shape: ['rows', outputs] }],
  weights: [
    { name: 'lines', shape: [columns, outputs], values: Float32Array.from(lines) },
    { name: 'intercepts', shape: [outputs], values: Float32Array.from(intercepts) },
  ],
})
