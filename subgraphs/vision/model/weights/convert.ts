import { type GraphNode, int, ints, onnxFile, text, type Weight } from '@shop/kit/learn/onnx'
import { foldedConvolution, weightOf } from './folded.ts'
import type { Layer, LayerConfig, LayersModel } from './layers-model.ts'

/** What of a network is kept: layers averaged over their places, and its own head. */
export interface Cut {
  /** Pixels of the square picture that it reads. */
  readonly side: number
  /** Layers whose averages over height and width, one after another, are the output `taps`. */
  readonly taps: readonly string[]
  /** The layer whose probabilities are the output `head`. */
  readonly head?: string
}

/** What is being written: nodes in the order in which they run, and the numbers that they read. */
interface Draft {
  readonly model: LayersModel
  readonly nodes: GraphNode[]
  readonly weights: Weight[]
}

type Writer = (draft: Draft, layer: Layer) => void

/**
 * The network as an ONNX file, down to the deepest layer that is asked for: input `pixels`, red,
 * green and blue of 0 … 255 as [pictures, side, side, 3]; outputs `taps` and `head` as [pictures,
 * size].
 */
export function converted(model: LayersModel, cut: Cut): Uint8Array {
  const draft: Draft = { model, nodes: [], weights: [] }
  const head = cut.head ? [cut.head] : []
  const needed = ancestorsOf(model, [...cut.taps, ...head])
  for (const layer of model.layers.filter(({ name }) => needed.has(name))) {
    const write = writers[layer.kind]
    if (!write) throw new Error(`${layer.name} is a ${layer.kind}, which is not converted.`)
    write(draft, layer)
  }
  const width = cut.taps.reduce((sum, tap) => sum + channelsOf(model, tap), 0)
  return onnxFile({
    name: 'network',
    inputs: [{ name: 'pixels', shape: ['pictures', cut.side, cut.side, 3] }],
    outputs: [
      { name: 'taps', shape: ['pictures', width] },
      ...head.map((name) => ({ name: 'head', shape: ['pictures', channelsOf(model, name)] })),
    ],
    weights: draft.weights,
    nodes: [...draft.nodes, ...pooling(cut.taps), ...head.map((name) => named(name, 'head'))],
  })
}

const named = (from: string, to: string) => ({ op: 'Identity', inputs: [from], outputs: [to] })

/** Each tap averaged over its places, and all of them one after another. */
const pooling = (taps: readonly string[]): GraphNode[] => [
  ...taps.map((tap) => ({
    op: 'GlobalAveragePool',
    inputs: [tap],
    outputs: [`${tap}/pooled`],
  })),
  {
    op: 'Concat',
    inputs: taps.map((tap) => `${tap}/pooled`),
    outputs: ['places'],
    attributes: [int('axis', 1)],
  },
  { op: 'Flatten', inputs: ['places'], outputs: ['taps'] },
]

function ancestorsOf(model: LayersModel, wanted: readonly string[]): ReadonlySet<string> {
  const needed = new Set(wanted)
  for (const layer of model.layers.toReversed()) {
    if (needed.has(layer.name)) for (const input of layer.inputs) needed.add(input)
  }
  return needed
}

function channelsOf(model: LayersModel, name: string): number {
  const layer = model.layers.find((each) => each.name === name)
  if (!layer) throw new Error(`There is no layer ${name}.`)
  const own = [`${name}/bias`, `${name}/beta`].map((weight) => model.weights.get(weight))
  const size = own.find((weight) => weight)?.shape[0]
  if (size) return size
  const inputs = layer.inputs.map((input) => channelsOf(model, input))
  if (layer.kind === 'Concatenate') return inputs.reduce((sum, each) => sum + each, 0)
  return inputs[0] ?? 3
}

const convolution: Writer = ({ model, nodes, weights }, { name, kind, inputs, config }) => {
  const { kernel, bias } = foldedConvolution(model, { name, kind, inputs, config })
  weights.push({ name: `${name}/kernel`, ...kernel }, { name: `${name}/bias`, ...bias })
  nodes.push({
    op: 'Conv',
    inputs: [...inputs, `${name}/kernel`, `${name}/bias`],
    outputs: [name],
    attributes: [
      ints('strides', config.strides ?? [1, 1]),
      padding(config),
      int('group', kind === 'DepthwiseConv2D' ? (kernel.shape[0] ?? 1) : 1),
    ],
  })
}

/** TensorFlow's "same" puts the odd row below and to the right, as SAME_UPPER does. */
const padding = (config: LayerConfig) =>
  text('auto_pad', config.padding === 'same' ? 'SAME_UPPER' : 'VALID')

/** An average leaves out what was padded, in TensorFlow and in ONNX. */
const pool =
  (op: string): Writer =>
  ({ nodes }, { name, inputs, config }) => {
    const { pool_size = [2, 2], strides = pool_size } = config
    const attributes = [ints('kernel_shape', pool_size), ints('strides', strides), padding(config)]
    nodes.push({ op, inputs, outputs: [name], attributes })
  }

const one =
  (op: string, attributes: GraphNode['attributes'] = []): Writer =>
  ({ nodes }, { name, inputs }) => {
    nodes.push({ op, inputs, outputs: [name], attributes })
  }

const scalar = (name: string, value: number) => ({
  name,
  shape: [],
  values: Float32Array.of(value),
})

const rectifier: Writer = ({ nodes, weights }, { name, inputs, config }) => {
  const { max_value: most } = config
  const bounds = most ? [scalar(`${name}/least`, 0), scalar(`${name}/most`, most)] : []
  weights.push(...bounds)
  nodes.push({
    op: most ? 'Clip' : 'Relu',
    inputs: [...inputs, ...bounds.map((bound) => bound.name)],
    outputs: [name],
  })
}

const ends = { relu: 'Relu', softmax: 'Softmax', linear: 'Identity' }

const dense: Writer = ({ model, nodes, weights }, { name, inputs, config }) => {
  const [kernel, bias, sum] = [`${name}/kernel`, `${name}/bias`, `${name}/sum`]
  weights.push({ name: kernel, ...weightOf(model, kernel) })
  weights.push({ name: bias, ...weightOf(model, bias) })
  nodes.push({ op: 'Gemm', inputs: [...inputs, kernel, bias], outputs: [sum] })
  nodes.push({ op: ends[config.activation ?? 'linear'], inputs: [sum], outputs: [name] })
}

const zeros: Writer = ({ nodes, weights }, { name, inputs, config }) => {
  if (typeof config.padding !== 'object') throw new Error(`${name} does not say how much to pad.`)
  const [[top, bottom], [left, right]] = config.padding
  const values = BigInt64Array.from([0, 0, top, left, 0, 0, bottom, right], BigInt)
  weights.push({ name: `${name}/pads`, shape: [8], values })
  nodes.push({ op: 'Pad', inputs: [...inputs, `${name}/pads`], outputs: [name] })
}

/** Bytes of red, green and blue become 0 … 1, which is all that these networks were given. */
const input: Writer = ({ nodes, weights }, { name }) => {
  weights.push(scalar('scale', 1 / 255))
  nodes.push({ op: 'Mul', inputs: ['pixels', 'scale'], outputs: ['scaled'] })
  const channelsFirst = [ints('perm', [0, 3, 1, 2])]
  nodes.push({ op: 'Transpose', inputs: ['scaled'], outputs: [name], attributes: channelsFirst })
}

const writers: Readonly<Record<string, Writer>> = {
  InputLayer: input,
  Conv2D: convolution,
  DepthwiseConv2D: convolution,
  // Folded into the convolution before it.
  BatchNormalization: one('Identity'),
  Activation: rectifier,
  ReLU: rectifier,
  MaxPooling2D: pool('MaxPool'),
  AveragePooling2D: pool('AveragePool'),
  Concatenate: one('Concat', [int('axis', 1)]),
  ZeroPadding2D: zeros,
  Add: one('Add'),
  Flatten: one('Flatten'),
  Dense: dense,
  // It drops nothing once a network has been trained.
  Dropout: one('Identity'),
}
