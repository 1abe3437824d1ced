import { GraphWriter } from './graph-writer.ts'
import type { SentenceModel } from './sentence-weights.ts'

const stack = 'module_apply_default/Encoder_en/KonaTransformer/Encode'
const kernels = 'module/Encoder_en/KonaTransformer/Encode'
const norm = 'layer_prepostprocess/layer_norm/layer_norm'
const heads = 4

/**
 * Universal Sentence Encoder Lite (Cer et al., 2018) as an ONNX graph: `ids` [texts, pieces] of
 * texts that are equally long, so nothing is padded; `vectors` [texts, 512] of length 1. Two
 * transformer layers with the norms before, the mean over pieces, one tanh layer.
 */
export function sentenceGraph(model: SentenceModel): Uint8Array {
  const g = new GraphWriter()
  const pieces = g.node('Gather', [
    g.weight('embeddings', model.weight('module/Embeddings_en')),
    'ids',
  ])
  // The pieces are added twice: once bare, once with their places, as the published graph does.
  const input = g.node('Add', [pieces, g.node('Add', [pieces, timing(g, model)])])
  const residual = dense(g, input, [
    g.weight(
      'adjust.w',
      model.weight(`${stack}/Layer_0/TransformerLayer/dense/kernel/ConcatPartitions/concat`),
    ),
    g.weight(
      'adjust.b',
      model.weight(`${stack}/Layer_0/TransformerLayer/dense/bias/ConcatPartitions/concat`),
    ),
  ])
  const first = layer(g, model, { name: 'Layer_0', input, residual, width: 64 })
  const second = layer(g, model, { name: 'Layer_1', input: first, residual: first, width: 128 })
  const mean = g.node('ReduceMean', [second], { axes: [1], keepdims: 0 })
  const hidden = g.node('Tanh', [
    dense(g, mean, [
      g.weight('tanh.w', model.weight('module/Encoder_en/hidden_layers/tanh_layer_0/weights')),
      g.weight('tanh.b', model.weight('module/Encoder_en/hidden_layers/tanh_layer_0/bias')),
    ]),
  ])
  g.node('LpNormalization', [hidden], { axis: 1, p: 2 })
  return g.bytes({ input: 'ids', output: 'vectors', width: 512 })
}

/** Where a piece stands, as sines and cosines of 128 wavelengths (Vaswani et al., 2017). */
function timing(g: GraphWriter, model: SentenceModel): string {
  const waves = model.weight(
    `${stack}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`,
  )
  const length = g.node('Gather', [g.node('Shape', ['ids']), g.integers('one', [1], [])])
  const places = g.node('Range', [g.integers('zero', [0], []), length, g.integers('step', [1], [])])
  const column = g.node('Unsqueeze', [
    g.node('Cast', [places], { to: 1 }),
    g.integers('axis1', [1]),
  ])
  const angles = g.node('Mul', [column, g.weight('waves', waves)])
  return g.node('Concat', [g.node('Sin', [angles]), g.node('Cos', [angles])], { axis: 1 })
}

interface Layer {
  name: string
  input: string
  residual: string
  width: number
}

function layer(
  g: GraphWriter,
  model: SentenceModel,
  { name, input, residual, width }: Layer,
): string {
  const at = `${stack}/${name}/TransformerLayer`
  const weight = (short: string, long: string) => g.weight(`${name}.${short}`, model.weight(long))
  const part = (short: string, long: string) =>
    weight(short, `${at}/${long}/ConcatPartitions/concat`)
  const matrix = (short: string, long: string) => {
    const { shape, values } = model.weight(
      `${kernels}/${name}/TransformerLayer/MultiheadAttention/${long}/kernel/part_0`,
    )
    return g.weight(`${name}.${short}`, { shape: shape.slice(2), values })
  }
  const before = normed(g, input, [part('n1.s', `${norm}_scale`), part('n1.b', `${norm}_bias`)])
  const joint = dense(g, before, [
    matrix('qkv.w', 'qkv_transform_single'),
    part('qkv.b', 'MultiheadAttention/qkv_transform_single/bias'),
  ])
  const attended = dense(g, attention(g, joint, width), [
    matrix('out.w', 'output_transform_single'),
    part('out.b', 'MultiheadAttention/output_transform_single/bias'),
  ])
  const middle = g.node('Add', [attended, residual])
  const again = normed(g, middle, [
    part('n2.s', `FFN/${norm}_scale`),
    part('n2.b', `FFN/${norm}_bias`),
  ])
  const forward = `${stack}/TransformerStack/${name}/TransformerLayer/FFN`
  const wide = dense(g, again, [
    weight('f1.w', `${forward}/conv1/Tensordot/Reshape_1`),
    part('f1.b', 'FFN/conv1/bias'),
  ])
  const narrow = dense(g, g.node('Relu', [wide]), [
    weight('f2.w', `${forward}/conv2/Tensordot/Reshape_1`),
    part('f2.b', 'FFN/conv2/bias'),
  ])
  return g.node('Add', [narrow, middle])
}

/** Scaled dot products of four heads, each of this width. */
function attention(g: GraphWriter, joint: string, width: number): string {
  const [query = '', key = '', value = ''] = g.split(joint, 3)
  const head = (one: string, order: number[]) =>
    g.node(
      'Transpose',
      [g.node('Reshape', [one, g.integers(`heads${width}`, [0, 0, heads, width])])],
      { perm: order },
    )
  const scale = g.weight(`scale${width}`, { shape: [], values: Float32Array.of(width ** -0.5) })
  const scaled = g.node('Mul', [head(query, [0, 2, 1, 3]), scale])
  const shares = g.node('Softmax', [g.node('MatMul', [scaled, head(key, [0, 2, 3, 1])])], {
    axis: -1,
  })
  const mixed = g.node('MatMul', [shares, head(value, [0, 2, 1, 3])])
  const together = g.node('Transpose', [mixed], { perm: [0, 2, 1, 3] })
  return g.node('Reshape', [together, g.integers(`joined${width}`, [0, 0, heads * width])])
}

const dense = (g: GraphWriter, input: string, [weights, bias]: [string, string]) =>
  g.node('Add', [g.node('MatMul', [input, weights]), bias])

const normed = (g: GraphWriter, input: string, [scale, bias]: [string, string]) =>
  g.node('LayerNormalization', [input, scale, bias], { axis: -1, epsilon: 1e-6 })
