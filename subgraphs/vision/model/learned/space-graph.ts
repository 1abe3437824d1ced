import type { Matrix } from '@shop/kit/learn/matrix'
import { type Graph, int } from '@shop/kit/learn/onnx'
import type { Space } from './space.ts'

/**
 * A space as ONNX: `features` [pictures, features] to `vectors` [pictures, 128], each of length 1,
 * and `chances` [pictures, classes].
 */
export function spaceGraph({ moments, basis, metric, head, temperature }: Space): Graph {
  const { means, spreads } = moments
  const sharper = (values: Float32Array) => values.map((each) => each / temperature)
  return {
    name: 'space',
    inputs: [{ name: 'features', shape: ['pictures', means.length] }],
    outputs: [
      { name: 'vectors', shape: ['pictures', metric.columns] },
      { name: 'chances', shape: ['pictures', head.weights.columns] },
    ],
    weights: [
      { name: 'means', shape: [means.length], values: Float32Array.from(means) },
      {
        name: 'spreads',
        shape: [spreads.length],
        values: Float32Array.from(spreads, (spread) => spread + 1e-3),
      },
      weight('basis', basis),
      weight('metric', metric),
      weight('lines', { ...head.weights, values: sharper(head.weights.values) }),
      {
        name: 'intercepts',
        shape: [head.intercepts.length],
        values: sharper(head.intercepts),
      },
    ],
    nodes: [
      { op: 'Sub', inputs: ['features', 'means'], outputs: ['centred'] },
      { op: 'Div', inputs: ['centred', 'spreads'], outputs: ['standard'] },
      { op: 'MatMul', inputs: ['standard', 'basis'], outputs: ['rows'] },
      { op: 'MatMul', inputs: ['rows', 'metric'], outputs: ['places'] },
      {
        op: 'LpNormalization',
        inputs: ['places'],
        outputs: ['vectors'],
        attributes: [int('axis', 1), int('p', 2)],
      },
      { op: 'Gemm', inputs: ['rows', 'lines', 'intercepts'], outputs: ['scores'] },
      { op: 'Softmax', inputs: ['scores'], outputs: ['chances'], attributes: [int('axis', 1)] },
    ],
  }
}

const weight = (name: string, { rows, columns, values }: Matrix) => ({
  name,
  shape: [rows, columns],
  values,
})
