import { foldedConvolution, weightOf } from './folded.ts'
import { Graph } from './graph.ts'
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

type Writer = (to: { graph: Graph; model: LayersModel }, layer: Layer) => void

/**
 * The network as an ONNX graph, down to the deepest layer that is asked for: input `pixels`, bytes
 * [pictures, side, side, 3] of red, green, blue; outputs `taps` and `head` as [pictures, size].
 */
export function converted(model: LayersModel, cut: Cut): Uint8Array {
  const graph = new Graph()
  const wanted = [...cut.taps, ...(cut.head ? [cut.head] : [])]
  const needed = ancestorsOf(model, wanted)
  for (const layer of model.layers.filter(({ name }) => needed.has(name))) {
    const write = writers[layer.kind]
    if (!write) throw new Error(`${layer.name} is a ${layer.kind}, which is not converted.`)
    write({ graph, model }, layer)
  }
  const pooled = cut.taps.map((tap) =>
    graph.add({ op: 'GlobalAveragePool', inputs: [tap], output: `${tap}/pooled` }),
  )
  graph.add({ op: 'Concat', inputs: pooled, output: 'map', attributes: { axis: 1 } })
  graph.add({ op: 'Flatten', inputs: ['map'], output: 'taps' })
  const width = cut.taps.reduce((sum, tap) => sum + channelsOf(model, tap), 0)
  if (!cut.head) return graph.bytes('pixels', cut.side, { taps: width })
  graph.add({ op: 'Identity', inputs: [cut.head], output: 'head' })
  return graph.bytes('pixels', cut.side, { taps: width, head: channelsOf(model, cut.head) })
}

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

const convolution: Writer = ({ graph, model }, layer) => {
  const { kernel, bias } = foldedConvolution(model, layer)
  graph.add({
    op: 'Conv',
    inputs: [
      ...layer.inputs,
      graph.constant(`${layer.name}/kernel`, kernel),
      graph.constant(`${layer.name}/bias`, bias),
    ],
    output: layer.name,
    attributes: {
      strides: layer.config.strides ?? [1, 1],
      auto_pad: padding(layer.config),
      group: layer.kind === 'DepthwiseConv2D' ? (kernel.shape[0] ?? 1) : 1,
    },
  })
}

/** TensorFlow's "same" puts the odd row below and to the right, as SAME_UPPER does. */
const padding = (config: LayerConfig) => (config.padding === 'same' ? 'SAME_UPPER' : 'VALID')

/** An average leaves out what was padded, in TensorFlow and in ONNX. */
const pooling =
  (op: string): Writer =>
  ({ graph }, layer) => {
    const { pool_size = [2, 2], strides = pool_size } = layer.config
    const attributes = { kernel_shape: pool_size, strides, auto_pad: padding(layer.config) }
    graph.add({ op, inputs: layer.inputs, output: layer.name, attributes })
  }

const one =
  (op: string, attributes = {}): Writer =>
  ({ graph }, layer) => {
    graph.add({ op, inputs: layer.inputs, output: layer.name, attributes })
  }

const scalar = (value: number) => ({ shape: [], values: Float32Array.of(value) })

const rectifier: Writer = ({ graph }, { name, inputs, config }) => {
  if (!config.max_value) return void graph.add({ op: 'Relu', inputs, output: name })
  const least = graph.constant(`${name}/least`, scalar(0))
  const most = graph.constant(`${name}/most`, scalar(config.max_value))
  return void graph.add({ op: 'Clip', inputs: [...inputs, least, most], output: name })
}

const dense: Writer = ({ graph, model }, { name, inputs, config }) => {
  const kernel = graph.constant(`${name}/kernel`, weightOf(model, `${name}/kernel`))
  const bias = graph.constant(`${name}/bias`, weightOf(model, `${name}/bias`))
  const sum = `${name}/sum`
  graph.add({ op: 'Gemm', inputs: [...inputs, kernel, bias], output: sum })
  const op = { relu: 'Relu', softmax: 'Softmax', linear: 'Identity' }[config.activation ?? 'linear']
  graph.add({ op, inputs: [sum], output: name })
}

const zeros: Writer = ({ graph }, { name, inputs, config }) => {
  if (typeof config.padding !== 'object') throw new Error(`${name} does not say how much to pad.`)
  const [[top, bottom], [left, right]] = config.padding
  const pads = graph.integers(`${name}/pads`, [0, 0, top, left, 0, 0, bottom, right])
  graph.add({ op: 'Pad', inputs: [...inputs, pads], output: name })
}

/** Bytes of red, green and blue become 0 … 1, which is all that this network's authors did. */
const input: Writer = ({ graph }, { name }) => {
  graph.add({ op: 'Cast', inputs: ['pixels'], output: 'floats', attributes: { to: 1 } })
  const scale = graph.constant('scale', scalar(1 / 255))
  graph.add({ op: 'Mul', inputs: ['floats', scale], output: 'scaled' })
  graph.add({ op: 'Transpose', inputs: ['scaled'], output: name, attributes: { perm: [0, 3, 1, 2] } })
}

const writers: Readonly<Record<string, Writer>> = {
  InputLayer: input,
  Conv2D: convolution,
  DepthwiseConv2D: convolution,
  // Folded into the convolution before it.
  BatchNormalization: one('Identity'),
  Activation: rectifier,
  ReLU: rectifier,
  MaxPooling2D: pooling('MaxPool'),
  AveragePooling2D: pooling('AveragePool'),
  Concatenate: one('Concat', { axis: 1 }),
  ZeroPadding2D: zeros,
  Add: one('Add'),
  Flatten: one('Flatten'),
  Dense: dense,
  // It drops nothing once a network has been trained.
  Dropout: one('Identity'),
}
