import { createRequire } from 'node:module'
import type { onnx } from 'onnx-proto'
import type { Weight } from './sentence-weights.ts'

// Its types promise a named export that its CommonJS does not show to an import.
const proto = createRequire(import.meta.url)('onnx-proto') as typeof import('onnx-proto')
const { AttributeType } = proto.onnx.AttributeProto
const { DataType } = proto.onnx.TensorProto

/** Writes an ONNX graph node by node: each node and weight is known by the name of its output. */
export class GraphWriter {
  readonly #nodes: onnx.INodeProto[] = []
  readonly #weights = new Map<string, onnx.ITensorProto>()

  node(
    op: string,
    input: string[],
    attributes: Readonly<Record<string, number | number[]>> = {},
  ): string {
    const output = `${op}${this.#nodes.length}`
    this.#nodes.push({ opType: op, input, output: [output], attribute: written(attributes) })
    return output
  }

  /** Equal parts along the last axis. */
  split(input: string, parts: number): string[] {
    const output = Array.from({ length: parts }, (_, i) => `Split${this.#nodes.length}.${i}`)
    this.#nodes.push({ opType: 'Split', input: [input], output, attribute: written({ axis: -1 }) })
    return output
  }

  /** The same name is the same weight, written once. */
  weight(name: string, { shape, values }: Weight): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    this.#weights.set(name, { name, dims: [...shape], dataType: DataType.FLOAT, rawData })
    return name
  }

  integers(name: string, values: readonly number[], dims = [values.length]): string {
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
    this.#weights.set(name, { name, dims, dataType: DataType.INT64, rawData })
    return name
  }

  /** `input` is [texts, pieces] of integers, the last node's output [texts, width] of numbers. */
  bytes({ input, output, width }: { input: string; output: string; width: number }): Uint8Array {
    const last = this.#nodes.at(-1)
    if (last) last.output = [output]
    const graph = {
      name: 'sentence-encoder',
      node: this.#nodes,
      initializer: [...this.#weights.values()],
      input: [tensor(input, DataType.INT64, [{ dimParam: 'texts' }, { dimParam: 'pieces' }])],
      output: [tensor(output, DataType.FLOAT, [{ dimParam: 'texts' }, { dimValue: width }])],
    }
    const opsetImport = [{ domain: '', version: 17 }]
    return proto.onnx.ModelProto.encode({ irVersion: 8, opsetImport, graph }).finish()
  }
}

const tensor = (name: string, elemType: number, dim: onnx.TensorShapeProto.IDimension[]) => ({
  name,
  type: { tensorType: { elemType, shape: { dim } } },
})

function written(attributes: Readonly<Record<string, number | number[]>>): onnx.IAttributeProto[] {
  return Object.entries(attributes).map(([name, value]) => {
    if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: value }
    if (Number.isInteger(value)) return { name, type: AttributeType.INT, i: value }
    return { name, type: AttributeType.FLOAT, f: value }
  })
}
