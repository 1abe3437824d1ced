import type { Layer, LayersModel, Weight } from './layers-model.ts'

/** A convolution as ONNX has it: kernel [out, in / groups, height, width] and a bias an output. */
export interface Convolution {
  readonly kernel: Weight
  readonly bias: Weight
}

/**
 * The kernel and bias of a convolution together with the batch normalisation that follows it:
 * w' = w · γ / √(σ² + ε), b' = β − μ · γ / √(σ² + ε) (Ioffe and Szegedy, 2015, section 3.1).
 */
export function foldedConvolution(model: LayersModel, layer: Layer): Convolution {
  const isDepthwise = layer.kind === 'DepthwiseConv2D'
  const kernel = weightOf(model, `${layer.name}/${isDepthwise ? 'depthwise_kernel' : 'kernel'}`)
  const [height = 1, width = 1, inputs = 1, last = 1] = kernel.shape
  // Depthwise, one filter stands for each input; the others have one for each output.
  const [outputs, perOutput] = isDepthwise ? [inputs, 1] : [last, inputs]
  const norm = normalisationAfter(model, layer, outputs)
  const values = new Float32Array(kernel.values.length)
  for (let i = 0; i < kernel.values.length; i += 1) {
    const [output, input] = isDepthwise
      ? [i % inputs, 0]
      : [i % outputs, Math.floor(i / outputs) % inputs]
    const cell = Math.floor(i / (inputs * last))
    const at = (output * perOutput + input) * height * width + cell
    values[at] = (kernel.values[i] as number) * (norm.scale[output] as number)
  }
  return {
    kernel: { shape: [outputs, perOutput, height, width], values },
    bias: { shape: [outputs], values: norm.shift },
  }
}

function normalisationAfter(model: LayersModel, layer: Layer, outputs: number) {
  const norm = model.layers.find(({ inputs }) => inputs.includes(layer.name))
  if (norm?.kind !== 'BatchNormalization') {
    throw new Error(`${layer.name} is not followed by a batch normalisation.`)
  }
  const { config, name } = norm
  const mean = weightOf(model, `${name}/moving_mean`).values
  const variance = weightOf(model, `${name}/moving_variance`).values
  const beta = weightOf(model, `${name}/beta`).values
  const gamma = model.weights.get(`${name}/gamma`)?.values
  const scale = Float64Array.from(
    { length: outputs },
    (_, c) => (gamma?.[c] ?? 1) / Math.sqrt((variance[c] as number) + (config.epsilon ?? 1e-3)),
  )
  const shift = Float32Array.from(
    scale,
    (factor, c) => (beta[c] as number) - (mean[c] as number) * factor,
  )
  return { scale, shift }
}

export function weightOf(model: LayersModel, name: string): Weight {
  const weight = model.weights.get(name)
  if (!weight) throw new Error(`There is no weight ${name}.`)
  return weight
}
