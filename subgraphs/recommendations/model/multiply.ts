import { float, int, onnxFile } from '@shop/kit/learn/onnx'
import { sessionOf } from '@shop/kit/learn/session'
import { Tensor } from 'onnxruntime-node'

/** Row after row, single precision. */
export interface Dense {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

/** `from` − a·bᵀ, with a of m × k, b of n × k and `from` of m × n numbers. */
export type LessProduct = (from: Dense, a: Dense, b: Dense) => Promise<Dense>

/**
 * The runtime that serves our networks has matrix kernels some thirty times as fast as a loop of
 * our own, so the one large product of training is a graph of one node, run by it. One thread, so
 * that sums come in one order and the same input gives the same bits.
 */
export async function openLessProduct(): Promise<LessProduct> {
  const session = await sessionOf(graph())
  const tensor = ({ rows, columns, values }: Dense) =>
    new Tensor('float32', values, [rows, columns])
  return async (from, a, b) => {
    const { y } = await session.run({ a: tensor(a), b: tensor(b), c: tensor(from) })
    return { ...from, values: y?.data as Float32Array }
  }
}

const graph = () =>
  onnxFile({
    name: 'less-product',
    inputs: [
      { name: 'a', shape: ['m', 'k'] },
      { name: 'b', shape: ['n', 'k'] },
      { name: 'c', shape: ['m', 'n'] },
    ],
    outputs: [{ name: 'y', shape: ['m', 'n'] }],
    weights: [],
    nodes: [
      {
        op: 'Gemm',
        inputs: ['a', 'b', 'c'],
        outputs: ['y'],
        attributes: [float('alpha', -1), float('beta', 1), int('transB', 1)],
      },
    ],
  })
