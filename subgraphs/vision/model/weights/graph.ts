import proto from 'onnx-proto'
import type { Weight } from './layers-model.ts'

const { onnx } = proto
const { DataType } = onnx.TensorProto

/** A number is written as INT, a list as INTS, a string as STRING. */
export type Attributes = Readonly<Record<string, number | readonly number[] | string>>

export interface Node {
  readonly op: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Attributes
}

/** An ONNX graph that is being written; nodes in the order in which they are added. */
export class Graph {
  readonly #nodes: proto.onnx.INodeProto[] = []
  readonly #constants: proto.onnx.ITensorProto[] = []

  add({ op, inputs, output, attributes = {} }: Node): string {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value))
    const name = `${output}/${op}`
    this.#nodes.push({ opType: op, name, input: [...inputs], output: [output], attribute })
    return output
  }

  /** Float32 values under this name, for nodes to read. */
  constant(name: string, { shape, values }: Weight): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    this.#constants.push({ name, dims: [...shape], dataType: DataType.FLOAT, rawData })
    return name
  }

  /** The same of integers. */
  integers(name: string, values: readonly number[]): string {
    const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
    this.#constants.push({ name, dims: [values.length], dataType: DataType.INT64, rawData })
    return name
  }

  /**
   * The bytes of the model, operator set 13. It reads `input`, bytes of [pictures, height, width,
   * 3], and gives each of `outputs` as [pictures, size] in float32.
   */
  bytes(input: string, side: number, outputs: Readonly<Record<string, number>>): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: 7,
      producerName: 'shopgraph',
      opsetImport: [{ domain: '', version: 13 }],
      graph: {
        name: 'network',
        node: this.#nodes,
        initializer: this.#constants,
        input: [valueInfo(input, DataType.UINT8, [side, side, 3])],
        output: Object.entries(outputs).map(([name, size]) =>
          valueInfo(name, DataType.FLOAT, [size]),
        ),
      },
    })
    return onnx.ModelProto.encode(model).finish()
  }
}

function attributeOf(name: string, value: number | readonly number[] | string) {
  const { AttributeType } = onnx.AttributeProto
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value }
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) }
  return { name, type: AttributeType.INTS, ints: [...value] }
}

function valueInfo(name: string, elemType: number, sides: readonly number[]) {
  const dim = [{ dimParam: 'pictures' }, ...sides.map((dimValue) => ({ dimValue }))]
  return { name, type: { tensorType: { elemType, shape: { dim } } } }
}
