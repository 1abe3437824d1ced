import proto, { type onnx } from 'onnx-proto'

/** A graph as ONNX has it, without the protocol's own spelling. */
export interface Graph {
  readonly name: string
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly weights: readonly Weight[]
  readonly nodes: readonly GraphNode[]
}

export interface Port {
  readonly name: string
  /** Of float32; a name stands for a size that is known only when it runs. */
  readonly shape: readonly (number | string)[]
}

export interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array | BigInt64Array
}

export interface GraphNode {
  readonly op: string
  /** Empty for the standard operators. */
  readonly domain?: 'ai.onnx.ml'
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: readonly onnx.IAttributeProto[]
}

const { AttributeProto, ModelProto, TensorProto } = proto.onnx
const types = AttributeProto.AttributeType

export const floats = (name: string, values: Iterable<number>): onnx.IAttributeProto => ({
  name,
  type: types.FLOATS,
  floats: [...values],
})

export const ints = (name: string, values: Iterable<number>): onnx.IAttributeProto => ({
  name,
  type: types.INTS,
  ints: [...values],
})

export const int = (name: string, i: number): onnx.IAttributeProto => ({ name, type: types.INT, i })

export const float = (name: string, f: number): onnx.IAttributeProto => ({
  name,
  type: types.FLOAT,
  f,
})

const bytes = (text: string) => new TextEncoder().encode(text)

export const text = (name: string, value: string): onnx.IAttributeProto => ({
  name,
  type: types.STRING,
  s: bytes(value),
})

export const texts = (name: string, values: Iterable<string>): onnx.IAttributeProto => ({
  name,
  type: types.STRINGS,
  strings: Array.from(values, bytes),
})

/** The file: opset 17, ai.onnx.ml 3, IR version 8. The same graph gives the same bytes. */
export function onnxFile(graph: Graph): Uint8Array {
  const { name, inputs, outputs, weights, nodes } = graph
  return ModelProto.encode({
    irVersion: 8,
    producerName: 'shopgraph',
    opsetImport: [
      { domain: '', version: 17 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    graph: {
      name,
      input: inputs.map(port),
      output: outputs.map(port),
      initializer: weights.map(tensor),
      node: nodes.map((node, i) => ({
        name: `${node.op}-${i}`,
        opType: node.op,
        domain: node.domain ?? '',
        input: [...node.inputs],
        output: [...node.outputs],
        attribute: [...(node.attributes ?? [])],
      })),
    },
  }).finish()
}

const port = ({ name, shape }: Port): onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType: TensorProto.DataType.FLOAT,
      shape: {
        dim: shape.map((size) =>
          typeof size === 'number' ? { dimValue: size } : { dimParam: size },
        ),
      },
    },
  },
})

/** Raw bytes, least first: what ONNX asks for, and what every machine that runs this has. */
const tensor = ({ name, shape, values }: Weight): onnx.ITensorProto => ({
  name,
  dims: [...shape],
  dataType: typeOf(values),
  rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
})

function typeOf(values: Weight['values']): number {
  if (values instanceof Float32Array) return TensorProto.DataType.FLOAT
  return values instanceof Int32Array ? TensorProto.DataType.INT32 : TensorProto.DataType.INT64
}
